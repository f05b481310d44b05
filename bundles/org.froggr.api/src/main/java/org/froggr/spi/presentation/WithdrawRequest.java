package org.froggr.spi.presentation;

import org.froggr.api.BytePath;
import org.froggr.api.session.UnmountMode;
import org.osgi.annotation.versioning.ProviderType;

/** What is to be taken away. */
@ProviderType
public interface WithdrawRequest {
    MountSpace space();

    /** Where it was mounted; it may have been renamed since. */
    BytePath targetPath();

    /** The kernel's id of the mount, which decides. */
    long mountId();

    /** Whether mounts came along below it. */
    boolean recursive();

    UnmountMode mode();
}
