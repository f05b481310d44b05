package org.froggr.session.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;

/** The funnel from an error of the kernel to one for a person, where nothing more special is known. */
final class OsFault {
    private OsFault() {}

    /** An error that says what was tried and what the kernel answered. */
    static FroggrException of(ErrnoException e, String message) {
        return FroggrException.of(faultOf(e), message + ": " + e.operation() + ": " + Errno.describe(e.number()))
                .causedBy(e);
    }

    private static Fault faultOf(ErrnoException e) {
        return switch (Errno.of(e.number()).orElse(Errno.EIO)) {
            case EPERM, EACCES -> Fault.NO_PRIVILEGE;
            case EBUSY -> Fault.BUSY;
            case EROFS -> Fault.READ_ONLY;
            case ENOSPC, EDQUOT -> Fault.CANNOT_CREATE;
            case EIO -> Fault.IO_ERROR;
            case EMFILE, ENFILE -> Fault.LIMIT;
            case ETIMEDOUT, EINTR -> Fault.TRY_AGAIN;
            default -> Fault.OS_ERROR;
        };
    }
}
