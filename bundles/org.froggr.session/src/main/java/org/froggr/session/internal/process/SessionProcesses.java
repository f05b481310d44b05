package org.froggr.session.internal.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Ids;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;

/**
 * The processes of one session: its anchor and what descends from it, what was started inside it
 * (FROGGR_SESSION in the environment), and, if it has a mount namespace of its own, all that is there.
 * Only processes of this user count.
 */
final class SessionProcesses {
    private static final long NO_NAMESPACE = 0;

    private final long anchor;
    private final byte[] id;
    private final long self = ProcessHandle.current().pid();
    private final long namespace;

    /** @param anchor process id, 0 while there is none */
    SessionProcesses(long anchor, UUID id) {
        this.anchor = anchor;
        this.id = ByteText.encode(id.toString());
        this.namespace = namespace(anchor) == namespace(self) ? NO_NAMESPACE : namespace(anchor);
    }

    private static long namespace(long pid) {
        try {
            return Processes.mountNamespace(pid);
        } catch (ErrnoException e) {
            return NO_NAMESPACE;
        }
    }

    /** Their ids; processes that end meanwhile may be among them. */
    Set<Long> find() {
        Map<Long, List<Long>> children = new HashMap<>();
        Deque<Long> open = new ArrayDeque<>();
        for (long pid : ProcText.processes()) {
            Optional<ProcStat> stat = statOfOwn(pid);
            stat.ifPresent(s -> children.computeIfAbsent(s.parent(), p -> new ArrayList<>()).add(pid));
            if (stat.isPresent() && pid != self && (pid == anchor || isInside(pid))) {
                open.add(pid);
            }
        }
        return withDescendants(open, children);
    }

    private static Optional<ProcStat> statOfOwn(long pid) {
        try {
            return Processes.euid(pid) == Ids.euid()
                    ? ProcStat.of(pid).filter(stat -> !stat.isZombie())
                    : Optional.empty();
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    private boolean isInside(long pid) {
        try {
            return namespace != NO_NAMESPACE && Processes.mountNamespace(pid) == namespace
                    || Processes.environment(pid, "FROGGR_SESSION").filter(v -> Arrays.equals(v, id)).isPresent();
        } catch (ErrnoException e) {
            // It ended, or its memory may not be read: then nothing says that it is ours.
            return false;
        }
    }

    private static Set<Long> withDescendants(Deque<Long> open, Map<Long, List<Long>> children) {
        Set<Long> all = new HashSet<>();
        while (!open.isEmpty()) {
            long pid = open.remove();
            if (all.add(pid)) {
                open.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return all;
    }
}
