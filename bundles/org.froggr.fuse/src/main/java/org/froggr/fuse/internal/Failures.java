package org.froggr.fuse.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** The one way from what a tree threw to the number that a program gets. */
final class Failures {
    /** The kernel takes a reply with anything else for nonsense, linux/fs/fuse/dev.c. */
    private static final int MOST_ERRNO = 511;

    private Failures() {}

    /** The error number, negative. */
    static int errno(ErrnoException e) {
        int number = e.number();
        if (number <= 0 || number > MOST_ERRNO) {
            return -Errno.EIO.number();
        }
        // ENOSYS would end that operation for all files of the connection.
        return number == Errno.ENOSYS.number() ? -Errno.EOPNOTSUPP.number() : -number;
    }
}
