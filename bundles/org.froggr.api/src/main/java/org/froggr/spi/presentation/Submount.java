package org.froggr.spi.presentation;

import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A mount that came along below another one when that was made. The kernel gives a mount's id out again,
 * and a mount that had to be put back has another id: so it is known by its tree, and by id or place.
 */
@ProviderType
public interface Submount {
    /** The kernel's id of the mount, as mountinfo shows it. */
    long mountId();

    /** Device of its file system, the major number in the upper 32 bits. */
    long device();

    /** Directory of the file system that is the root of the mount. */
    BytePath root();

    /** Where it was, seen from the mount that it came along with; relative. */
    BytePath path();
}
