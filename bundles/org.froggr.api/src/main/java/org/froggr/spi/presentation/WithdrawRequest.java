package org.froggr.spi.presentation;

import java.util.List;
import java.util.Optional;
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

    /**
     * What was below the mount when it was made, and so leaves with it. Empty if that is not known, as of
     * a mount that others made. What was propagated in since is not among it.
     */
    Optional<List<Submount>> cameAlong();

    /**
     * Whether a mount is an entry of some session, which takes it away itself: such a one never came along.
     *
     * @param mountId the kernel's id of a mount
     */
    boolean isEntry(long mountId);

    UnmountMode mode();
}
