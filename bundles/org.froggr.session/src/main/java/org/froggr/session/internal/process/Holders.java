package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import org.froggr.api.ErrnoException;
import org.froggr.linux.ProcStat;

/**
 * Finds out who keeps a mount busy: whose working directory, root directory, program, open or mapped
 * files are on it, or on its copy in another mount namespace, which the kernel counts as well when it
 * unmounts (mount_namespaces(7)). Of other users' processes only root sees anything.
 */
public final class Holders {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int MOST = 16;

    private Holders() {}

    /** Of one mount. */
    public static List<Holder> of(long mountId) {
        return of(Set.of(mountId));
    }

    /**
     * Of any of these mounts. One holder a process, and the first few of them; what is not found within a
     * second is not found.
     *
     * @param mountIds as in the first column of mountinfo, of whatever namespace
     */
    public static List<Holder> of(Set<Long> mountIds) {
        MountCopies copies = new MountCopies(mountIds);
        return search(pid -> new HolderSearch(pid, copies).find());
    }

    /**
     * The processes in a mount namespace, with their working directories.
     *
     * @param namespace inode number
     * @param except process id of the one that is there by right
     */
    public static List<Holder> inNamespace(long namespace, long except) {
        return search(pid -> pid == except ? Optional.empty() : Insider.of(pid, namespace));
    }

    /**
     * Whether a holder is this process, or a child that it has just started and that has its descriptors
     * until it executes its program, or has ended by now.
     */
    public static boolean isOwnOrGone(Holder holder) {
        long self = ProcessHandle.current().pid();
        try {
            Optional<ProcStat> stat = ProcStat.of(holder.pid());
            return holder.pid() == self || stat.isEmpty() || stat.get().isZombie() || stat.get().parent() == self;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static List<Holder> search(LongFunction<Optional<Holder>> look) {
        List<Holder> found = new CopyOnWriteArrayList<>();
        // On a thread that may be left behind: a look at a dead server's file can hang.
        Thread search = new Thread(() -> search(look, found), "froggr-holders");
        search.setDaemon(true);
        search.start();
        join(search);
        return List.copyOf(found);
    }

    private static void search(LongFunction<Optional<Holder>> look, List<Holder> found) {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (long pid : ProcText.processes()) {
            if (found.size() >= MOST || System.nanoTime() - end > 0) {
                return;
            }
            look.apply(pid).ifPresent(found::add);
        }
    }

    private static void join(Thread search) {
        try {
            search.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
