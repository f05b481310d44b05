package org.froggr.session.internal.process;

import java.time.Duration;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.PidFd;

/** The end of a process by signals, through its pidfd. */
final class Termination {
    private Termination() {}

    /**
     * Asks with TERM, then kills.
     *
     * @param grace between TERM and KILL
     * @param limit after KILL
     * @throws ErrnoException ETIMEDOUT if it lives on
     */
    static void of(PidFd process, Duration grace, Duration limit) throws ErrnoException {
        if (signal(process, PidFd.SIGTERM)) {
            // TERM waits for a stopped process to go on (signal(7)).
            signal(process, PidFd.SIGCONT);
            if (!process.awaitExit(grace) && signal(process, PidFd.SIGKILL) && !process.awaitExit(limit)) {
                throw new ErrnoException(Errno.ETIMEDOUT, "pidfd_send_signal");
            }
        }
    }

    /** False if it is gone. */
    static boolean signal(PidFd process, int number) throws ErrnoException {
        try {
            process.signal(number);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return false;
            }
            throw e;
        }
    }
}
