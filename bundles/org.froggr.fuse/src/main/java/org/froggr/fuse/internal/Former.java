package org.froggr.fuse.internal;

import java.time.Duration;
import java.util.Optional;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;

/**
 * The process that served before. It may go on to take requests until its last thread is gone, also when it was
 * killed and its first thread is gone already: so it counts as gone when its pidfd is readable (pidfd_open(2)).
 */
final class Former implements AutoCloseable {
    /** Null if it is gone for good. */
    private final PidFd process;

    private Former(PidFd process) {
        this.process = process;
    }

    static Former of(KeptConnection connection) throws ErrnoException {
        boolean isSelf = connection.pid() == ProcessHandle.current().pid();
        if (connection.left() || isSelf || connection.pid() <= 0) {
            return new Former(null);
        }
        PidFd opened;
        try {
            opened = PidFd.open(connection.pid());
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return new Former(null);
            }
            throw e;
        }
        Optional<ProcStat> now = ProcStat.of(connection.pid());
        if (now.isPresent() && now.get().startTime() == connection.startTime()) {
            return new Former(opened);
        }
        opened.close();
        return new Former(null);
    }

    /** Waits, at most this long; returns whether it is gone. */
    boolean awaitEnd(Duration limit) throws ErrnoException {
        return process == null || process.awaitExit(limit);
    }

    @Override
    public void close() throws ErrnoException {
        if (process != null) {
            process.close();
        }
    }
}
