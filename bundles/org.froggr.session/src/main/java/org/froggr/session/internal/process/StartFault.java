package org.froggr.session.internal.process;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;

/** Why a session's process could not be started, for a person. */
final class StartFault {
    private static final String WHAT = "the session's process could not be started: ";

    private StartFault() {}

    static FroggrException of(StartRefused refused) {
        return FroggrException.of(Fault.CANNOT_CREATE, WHAT + refused.getMessage()).causedBy(refused);
    }

    static FroggrException of(ErrnoException e) {
        FroggrException fault = FroggrException.of(faultOf(e), WHAT + e.getMessage()).causedBy(e);
        FroggrException located = e.path() == null ? fault : fault.about(e.path());
        if (endedAtOnce(e)) {
            return FroggrException.of(Fault.TRY_AGAIN, WHAT + "it ended at once").hint("the same again").causedBy(e);
        }
        return switch (Errno.of(e.number()).orElse(Errno.EIO)) {
            case EMFILE, ENFILE -> located.hint("end sessions that are not needed, or raise ulimit -n");
            case EAGAIN, ENOMEM -> located.hint("end processes that are not needed, or raise ulimit -u");
            case ENOENT -> located.hint("install what is missing, or unpack the distribution again");
            default -> located;
        };
    }

    /** Somebody killed it: its files in /proc are gone. */
    private static boolean endedAtOnce(ErrnoException e) {
        boolean gone = e.is(Errno.ESRCH) || e.is(Errno.ENOENT);
        return gone && e.path() != null && e.path().toString().startsWith("/proc/");
    }

    private static Fault faultOf(ErrnoException e) {
        return switch (Errno.of(e.number()).orElse(Errno.EIO)) {
            case EMFILE, ENFILE, EAGAIN, ENOMEM -> Fault.LIMIT;
            case EPERM, EACCES -> Fault.NO_PRIVILEGE;
            case ETIMEDOUT -> Fault.TRY_AGAIN;
            default -> Fault.CANNOT_CREATE;
        };
    }
}
