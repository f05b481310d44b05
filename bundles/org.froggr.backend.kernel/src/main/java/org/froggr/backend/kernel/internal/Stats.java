package org.froggr.backend.kernel.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;

/**
 * statx(2) that answers from what the kernel knows, without asking a server that may be dead: for
 * questions about mounts, not about files.
 */
final class Stats {
    // linux/fcntl.h
    private static final int AT_STATX_DONT_SYNC = 0x4000;
    private static final BytePath ITSELF = BytePath.of("");

    private Stats() {}

    /** Of what a descriptor is open on. */
    static Stat of(int fd) throws ErrnoException {
        return Stat.at(fd, ITSELF, Fd.AT_EMPTY_PATH | AT_STATX_DONT_SYNC);
    }

    /** Of a name, a symbolic link itself included. */
    static Stat ofName(int dir, BytePath name) throws ErrnoException {
        return Stat.at(dir, name, Fd.AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC);
    }

    /** Of what a symbolic link leads to. */
    static Stat ofLink(int dir, BytePath link) throws ErrnoException {
        return Stat.at(dir, link, AT_STATX_DONT_SYNC);
    }
}
