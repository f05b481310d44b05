package org.froggr.session.internal.process;

import java.io.UncheckedIOException;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;

/** Whether a process that a pidfd holds still runs. */
final class Liveness {
    private Liveness() {}

    /** Whether it ended, be it reaped or not. */
    static boolean ended(PidFd process) {
        try {
            return process.exited();
        } catch (ErrnoException e) {
            // poll(2) of one open descriptor fails only when the kernel has no memory left
            throw new UncheckedIOException(e);
        }
    }

    /**
     * To be called after something was looked up by the process's number: it was this process then.
     *
     * @throws ErrnoException ESRCH if it has ended
     */
    static void require(PidFd process, String operation) throws ErrnoException {
        if (ended(process)) {
            throw new ErrnoException(Errno.ESRCH, operation);
        }
    }

    /** Takes a child of ours that has ended off the kernel's process table. */
    static void reap(long pid, long processStart, PidFd process) throws ErrnoException {
        if (!ended(process) || ProcStat.of(pid).filter(now -> isOurs(now, processStart)).isEmpty()) {
            return;
        }
        try {
            Spawn.reap(pid);
        } catch (ErrnoException e) {
            // ECHILD: another thread was faster, as the watch is when somebody else ends the process.
            if (!e.is(Errno.ECHILD)) {
                throw e;
            }
        }
    }

    private static boolean isOurs(ProcStat now, long processStart) {
        return now.startTime() == processStart && now.parent() == ProcessHandle.current().pid();
    }
}
