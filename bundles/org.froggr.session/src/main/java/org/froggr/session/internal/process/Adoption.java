package org.froggr.session.internal.process;

import java.util.Optional;
import java.util.UUID;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Ids;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;

/**
 * Makes sure that a process is the anchor it is taken for. A pid alone proves nothing: first the pidfd,
 * then the facts by number, then that the process still lives, so that the facts were its own. In the very
 * moment of its start a process has no command line yet, and is not recognised.
 */
final class Adoption {
    private final UUID id;
    private final long pid;
    private final long processStart;
    private final boolean isPrivate;

    Adoption(UUID id, long pid, long processStart, SessionMode mode) {
        this.id = id;
        this.pid = pid;
        this.processStart = processStart;
        this.isPrivate = mode == SessionMode.PRIVATE;
    }

    /** @throws ErrnoException when the kernel refuses to tell, as EMFILE */
    Optional<Anchor> anchor() throws ErrnoException {
        if (pid <= 0) {
            return Optional.empty();
        }
        try {
            return of(PidFd.open(pid));
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH) || e.is(Errno.ENOENT) || e.is(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Anchor> of(PidFd process) throws ErrnoException {
        boolean adopted = false;
        try {
            if (!isTheOne() || Liveness.ended(process)) {
                return Optional.empty();
            }
            Anchor anchor = Anchor.of(id, pid, processStart, process);
            // A shared one may be foreign to us: then this platform was started in another namespace.
            adopted = !(isPrivate && anchor.sharesNamespace());
            return adopted ? Optional.of(anchor) : Optional.empty();
        } finally {
            if (!adopted) {
                process.close();
            }
        }
    }

    private boolean isTheOne() throws ErrnoException {
        return ProcStat.of(pid).filter(now -> now.startTime() == processStart).isPresent()
                && Processes.euid(pid) == Ids.euid()
                && AnchorProgram.sessionOf(Processes.commandLine(pid)).filter(id::equals).isPresent();
    }
}
