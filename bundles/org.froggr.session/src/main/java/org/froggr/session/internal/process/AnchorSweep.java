package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.linux.Stat;

/** Finds anchors of this home that no living session owns. Those of other homes and users are left alone. */
public final class AnchorSweep {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final String DELETED = " (deleted)";

    private final PlatformHome home;

    public AnchorSweep(PlatformHome home) {
        this.home = home;
    }

    /**
     * An anchor, named for good by pid and start time.
     *
     * @param mountNamespace inode number
     */
    public record Stray(UUID session, long pid, long processStart, long mountNamespace) {}

    /**
     * The anchors of sessions that are not among these.
     *
     * @param owned living sessions, and those whose anchor is just being started
     */
    public List<Stray> find(Set<UUID> owned) throws ErrnoException {
        List<Stray> strays = new ArrayList<>();
        for (long pid : Processes.all()) {
            stray(pid).filter(found -> !owned.contains(found.session())).ifPresent(strays::add);
        }
        return strays;
    }

    private Optional<Stray> stray(long pid) {
        try {
            Optional<ProcStat> stat = ProcStat.of(pid).filter(s -> !s.isZombie());
            Optional<UUID> id = stat.isPresent() && Processes.euid(pid) == Ids.euid()
                    ? AnchorProgram.sessionOf(Processes.commandLine(pid))
                    : Optional.empty();
            if (id.isEmpty() || !isOfThisHome(pid, id.get())) {
                return Optional.empty();
            }
            return Optional.of(new Stray(id.get(), pid, stat.get().startTime(), Processes.mountNamespace(pid)));
        } catch (ErrnoException e) {
            // It ended meanwhile, or may not be looked at: not one of ours then.
            return Optional.empty();
        }
    }

    /** The directory that it holds is below ours, or was before somebody removed it. */
    private boolean isOfThisHome(long pid, UUID id) throws ErrnoException {
        BytePath held = BytePath.of("/proc/" + pid + "/fd/" + AnchorPipes.DIRECTORY);
        Stat sessions = Stat.of(home.sessionsDescriptor());
        if (Stat.at(Fd.AT_FDCWD, held.resolve(".."), true).sameFile(sessions)) {
            return true;
        }
        String path = At.readlink(Fd.AT_FDCWD, held).toString();
        String ours = At.readlink(Fd.AT_FDCWD, BytePath.of("/proc/self/fd/" + home.sessionsDescriptor()))
                .toString();
        return path.equals(ours + "/" + id + DELETED);
    }

    /**
     * Ends it, if it is still that process.
     *
     * @param grace between TERM and KILL
     * @throws ErrnoException ETIMEDOUT if it lives on
     */
    public void terminate(Stray stray, Duration grace) throws ErrnoException {
        try (PidFd process = PidFd.open(stray.pid())) {
            if (ProcStat.of(stray.pid()).filter(s -> s.startTime() == stray.processStart()).isPresent()) {
                Termination.of(process, grace, KILL_LIMIT);
                Liveness.reap(stray.pid(), stray.processStart(), process);
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }
}
