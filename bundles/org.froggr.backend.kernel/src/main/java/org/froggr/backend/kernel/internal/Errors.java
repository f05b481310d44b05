package org.froggr.backend.kernel.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** Errors that name the path a person knows, rather than a descriptor. */
final class Errors {
    private Errors() {}

    static ErrnoException about(BytePath path, ErrnoException cause) {
        return because(cause.number(), cause.operation(), path, cause);
    }

    static ErrnoException because(int number, String operation, BytePath path, Exception cause) {
        ErrnoException error = new ErrnoException(number, operation, path);
        error.initCause(cause);
        return error;
    }

    static ErrnoException busy(String why, BytePath path) {
        return new ErrnoException(Errno.EBUSY.number(), "umount2 (" + why + ")", path);
    }

    static ErrnoException notMounted(BytePath path) {
        return new ErrnoException(Errno.EINVAL.number(), "umount2 (not mounted)", path);
    }
}
