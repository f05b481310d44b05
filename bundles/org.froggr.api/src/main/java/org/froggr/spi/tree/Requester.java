package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ConsumerType;

/** Who asks for an operation, in the user namespace of the platform. */
@ConsumerType
public interface Requester {
    /** File system user id; -1 read as unsigned if the kernel does not say. */
    int uid();

    /** File system group id. */
    int gid();

    /** Thread group id, 0 for the kernel itself or a process of another pid namespace. */
    int pid();

    /** Of the process; counts where something is created. */
    int umask();

    /** A supplementary group that allows to create in a directory of that group, -1 if none was said (FUSE_EXT_GROUPS). */
    int supplementaryGroup();

    /** Whether the program that asked was interrupted meanwhile; a long operation may then end with EINTR. */
    boolean interrupted();
}
