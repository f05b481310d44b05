package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** From the negated errno of a call to an exception. */
final class Failure {
    static final int ENOENT = Errno.ENOENT.number();
    static final int EAGAIN = Errno.EAGAIN.number();
    static final int EEXIST = Errno.EEXIST.number();
    static final int ENOTDIR = Errno.ENOTDIR.number();
    static final int ENXIO = Errno.ENXIO.number();
    static final int ENFILE = Errno.ENFILE.number();
    static final int EMFILE = Errno.EMFILE.number();
    static final int ELOOP = Errno.ELOOP.number();
    static final int ENODATA = Errno.ENODATA.number();
    static final int EACCES = Errno.EACCES.number();

    private Failure() {}

    static ErrnoException of(long negated, String operation) {
        return new ErrnoException((int) -negated, operation, null);
    }

    /** The result, if it is none. */
    static int check(int result, String operation) throws ErrnoException {
        if (result < 0) {
            throw of(result, operation);
        }
        return result;
    }

    static ErrnoException stale(String operation) {
        return new ErrnoException(Errno.ESTALE, operation);
    }
}
