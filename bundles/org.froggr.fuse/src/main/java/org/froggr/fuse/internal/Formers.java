package org.froggr.fuse.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;

/**
 * The processes that served before and are not gone. One may take requests until its last thread is gone, also when
 * it was killed and its first thread is gone already: so it counts as gone when its pidfd is readable (pidfd_open(2)).
 * Until then it keeps its locks, and a thread that is in a system call may end that still. Any thread.
 */
final class Formers implements AutoCloseable {
    /** What is kept of them is limited; nobody kills so many while one disk does not answer. */
    private static final int MOST = 16;

    /** One that may live. */
    private record Former(KeptConnection.Server server, PidFd process) {
        boolean isGone() throws ErrnoException {
            return process.exited();
        }
    }

    private final List<Former> all;
    private boolean closed;

    private Formers(List<Former> all) {
        this.all = all;
    }

    /** Those that served the connection before this process, in the order in which they did. */
    static Formers of(KeptConnection connection) throws ErrnoException {
        List<KeptConnection.Server> servers = new ArrayList<>(connection.before());
        if (!connection.left()) {
            servers.add(connection.server());
        }
        Formers formers = new Formers(new ArrayList<>());
        try {
            for (KeptConnection.Server server : servers) {
                formers.add(server);
            }
            return formers;
        } catch (ErrnoException e) {
            formers.close();
            throw e;
        }
    }

    private void add(KeptConnection.Server server) throws ErrnoException {
        if (server.pid() <= 0 || server.pid() == ProcessHandle.current().pid()) {
            return;
        }
        PidFd opened;
        try {
            opened = PidFd.open(server.pid());
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return;
            }
            throw e;
        }
        Optional<ProcStat> now = ProcStat.of(server.pid());
        if (now.isPresent() && now.get().startTime() == server.startTime()) {
            all.add(new Former(server, opened));
        } else {
            opened.close();
        }
    }

    /** Waits, at most this long; returns whether all are gone. By who closes this. */
    boolean awaitEnd(Duration limit) throws ErrnoException {
        long end = System.nanoTime() + limit.toNanos();
        for (Former former : all) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!former.process.awaitExit(left)) {
                return false;
            }
        }
        return true;
    }

    /** Those that are not gone, as a successor is to know them; the latest, if there are too many. */
    synchronized List<KeptConnection.Server> living() throws ErrnoException {
        List<KeptConnection.Server> living = new ArrayList<>();
        for (Former former : all) {
            if (!former.isGone()) {
                living.add(former.server);
            }
        }
        return living.subList(Math.max(0, living.size() - MOST), living.size());
    }

    /**
     * Whether a thread may still end what it began: whether it is there, or its process, if the thread is not known.
     *
     * @param pid 0 if that is not known
     * @param thread 0 if that is not known
     */
    synchronized boolean mayPerform(int pid, int thread) throws ErrnoException {
        for (Former former : there()) {
            boolean isMeant = pid == 0 || former.server.pid() == pid;
            if (isMeant && !former.isGone() && (thread == 0 || hasThread(former, thread))) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them has that thread, so that it could not end without an answer to it. */
    synchronized boolean have(int thread) throws ErrnoException {
        for (Former former : there()) {
            if (thread > 0 && !former.isGone() && hasThread(former, thread)) {
                return true;
            }
        }
        return false;
    }

    private List<Former> there() {
        return closed ? List.of() : all;
    }

    /** Threads but the first are reaped as they end (proc(5)). */
    private static boolean hasThread(Former former, int thread) {
        return Files.exists(Path.of("/proc/" + former.server.pid() + "/task/" + thread));
    }

    /** All are gone, or nobody cares any more. */
    @Override
    public synchronized void close() throws ErrnoException {
        closed = true;
        for (Former former : all) {
            former.process.close();
        }
    }
}
