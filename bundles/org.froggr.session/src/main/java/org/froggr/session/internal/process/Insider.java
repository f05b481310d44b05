package org.froggr.session.internal.process;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;

/** A process in a certain mount namespace. */
final class Insider {
    private Insider() {}

    /** @param namespace inode number */
    static Optional<Holder> of(long pid, long namespace) {
        try {
            Optional<ProcStat> stat = ProcStat.of(pid).filter(s -> !s.isZombie());
            if (stat.isEmpty() || Processes.mountNamespace(pid) != namespace) {
                return Optional.empty();
            }
            BytePath directory = At.readlink(Fd.AT_FDCWD, BytePath.of("/proc/" + pid + "/cwd"));
            return Optional.of(new Holder(pid, stat.get().comm(), directory, "process"));
        } catch (ErrnoException e) {
            // It ended, or is another user's, who cannot be in a namespace of ours.
            return Optional.empty();
        }
    }
}
