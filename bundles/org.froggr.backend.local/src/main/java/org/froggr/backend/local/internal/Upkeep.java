package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.EventFd;
import org.froggr.linux.Inotify;
import org.froggr.linux.Poll;

/**
 * The one thread that serves all trees: it reads what inotify(7) has to tell, and gives up descriptors that
 * nobody used for a while. It holds no lock while it tells of a change.
 */
final class Upkeep {
    private static final int MASK = Inotify.CREATE
            | Inotify.DELETE
            | Inotify.MOVED_FROM
            | Inotify.MOVED_TO
            | Inotify.ATTRIB
            | Inotify.MODIFY
            | Inotify.DELETE_SELF
            | Inotify.MOVE_SELF
            | Inotify.ONLYDIR
            | Inotify.EXCL_UNLINK;

    /** Events of that long are handled together. */
    private static final int GATHER_MILLIS = 30;

    private static final int MOST_AT_ONCE = 10_000;
    private static final int IDLE_MILLIS = 2_000;
    private static final long WAKE = 0;
    private static final long EVENTS = 1;
    private static final long MOUNTS = 2;

    private final DirectoryCache cache;
    private final int budget;
    private final Epoll epoll;
    private final EventFd wake;
    private final Map<Integer, List<LocalDirectory>> watched = new HashMap<>();
    private final Set<LocalTree> trees = new HashSet<>();
    private final Thread thread;
    private final Object telling = new Object();
    private MountChanges mounts;
    private Inotify inotify;
    private boolean refused;
    private int count;
    private boolean closed;
    private volatile boolean ended;

    private Upkeep(DirectoryCache cache, int budget, Epoll epoll, EventFd wake) {
        this.cache = cache;
        this.budget = budget;
        this.epoll = epoll;
        this.wake = wake;
        this.thread = new Thread(this::run, "froggr-local");
        thread.setDaemon(true);
    }

    /** Begins to look after this cache, and watches at most so many directories. */
    static Upkeep start(DirectoryCache cache, int budget) throws ErrnoException {
        Epoll epoll = Epoll.open();
        EventFd wake = EventFd.open();
        epoll.add(wake.fd(), Epoll.IN, WAKE);
        Upkeep upkeep = new Upkeep(cache, budget, epoll, wake);
        upkeep.thread.start();
        return upkeep;
    }

    /** Ends; the thread goes when it has told what it is telling. */
    synchronized void end() throws ErrnoException {
        if (!closed) {
            ended = true;
            wake.signal();
        }
    }

    synchronized void add(LocalTree tree) {
        trees.add(tree);
    }

    synchronized void remove(LocalTree tree) {
        trees.remove(tree);
        List<LocalDirectory> its = new ArrayList<>();
        watched.values().forEach(list -> list.stream().filter(d -> d.tree() == tree).forEach(its::add));
        its.forEach(this::unwatch);
    }

    /** Returns when nothing is being told that was before; at once if called by who is being told. */
    void awaitQuiet() {
        if (Thread.currentThread() != thread) {
            synchronized (telling) {
                return;
            }
        }
    }

    /** Watches a directory; false if that cannot be. */
    synchronized boolean watch(LocalDirectory directory, int fd) {
        if (directory.watch != 0 || count >= budget || !open()) {
            return false;
        }
        int number = inotify.watch(fd, MASK);
        if (number <= 0) {
            return false;
        }
        watched.computeIfAbsent(number, n -> new ArrayList<>(1)).add(directory);
        count++;
        directory.watch = number;
        return true;
    }

    private boolean open() {
        if (inotify == null && !refused && !ended) {
            try {
                inotify = Inotify.open();
                epoll.add(inotify.fd(), Epoll.IN, EVENTS);
                mounts = MountChanges.open();
                epoll.add(mounts.fd(), Epoll.PRI | Epoll.ERR | Epoll.ET, MOUNTS);
            } catch (ErrnoException e) {
                refused = true;
                log("changes from outside are not noticed early: " + e.getMessage());
            }
        }
        return inotify != null && !refused && !ended;
    }

    /** Whether it was watched. */
    synchronized boolean unwatch(LocalDirectory directory) {
        int number = directory.watch;
        List<LocalDirectory> same = watched.get(number);
        if (same == null || !same.remove(directory)) {
            return false;
        }
        directory.watch = 0;
        count--;
        if (same.isEmpty()) {
            watched.remove(number);
            inotify.unwatch(number);
        }
        return true;
    }

    /** How many directories are watched. */
    synchronized int size() {
        return count;
    }

    private void run() {
        Epoll.Events events = new Epoll.Events(4);
        long nextIdle = System.nanoTime() + IDLE_MILLIS * 1_000_000L;
        try {
            while (!ended) {
                int ready = epoll.await(events, IDLE_MILLIS);
                for (int i = 0; i < ready; i++) {
                    if (events.data(i) == MOUNTS) {
                        tellOfMounts();
                    } else if (events.data(i) == EVENTS) {
                        tellOfEvents();
                    }
                }
                if (System.nanoTime() - nextIdle > 0) {
                    nextIdle = System.nanoTime() + IDLE_MILLIS * 1_000_000L;
                    cache.giveUpIdle();
                    for (LocalTree tree : allTrees()) {
                        tree.coherence().resume();
                        tree.replaced().giveUp();
                        tree.disposeDropped();
                    }
                }
            }
        } catch (ErrnoException e) {
            log("changes from outside are noticed late: " + e.getMessage());
            allTrees().forEach(tree -> tree.coherence().suspend());
        } finally {
            closeAll();
            cache.clear();
        }
    }

    private synchronized List<LocalTree> allTrees() {
        return List.copyOf(trees);
    }

    private void log(String message) {
        allTrees().forEach(tree -> tree.options().log().accept(message));
    }

    private void tellOfMounts() throws ErrnoException {
        for (MountChanges.Changed changed : mounts.changes()) {
            for (LocalTree tree : allTrees()) {
                synchronized (telling) {
                    changed.tell(tree);
                }
            }
        }
    }

    private void tellOfEvents() throws ErrnoException {
        if ((Poll.poll(wake.fd(), Poll.IN, GATHER_MILLIS) & Poll.IN) != 0) {
            return;
        }
        Map<EntryKey, int[]> happened = new LinkedHashMap<>();
        if (gather(happened)) {
            log("more changes from outside than could be followed: all is looked at again");
            for (LocalTree tree : allTrees()) {
                synchronized (telling) {
                    tree.coherence().suspend();
                }
            }
        }
        Set<LocalDirectory> changed = new HashSet<>();
        happened.forEach((key, masks) -> {
            synchronized (telling) {
                key.directory().tree().coherence().happened(key, masks[0], masks[1], changed);
            }
        });
        for (LocalDirectory directory : changed) {
            synchronized (telling) {
                directory.tree().coherence().contentsChanged(directory);
            }
        }
    }

    /** Reads events, and puts those of one name together: all bits, and how many were of names. */
    private boolean gather(Map<EntryKey, int[]> happened) throws ErrnoException {
        boolean overflow = false;
        while (happened.size() < MOST_AT_ONCE && inotify.read()) {
            while (inotify.next()) {
                int mask = inotify.mask();
                overflow |= (mask & Inotify.Q_OVERFLOW) != 0;
                for (LocalDirectory directory : watching(inotify.watch(), mask)) {
                    int[] masks = happened.computeIfAbsent(new EntryKey(directory, inotify.name()), k -> new int[2]);
                    masks[0] |= mask;
                    masks[1] += Coherence.namesIn(mask);
                }
            }
        }
        return overflow;
    }

    private synchronized List<LocalDirectory> watching(int number, int mask) {
        List<LocalDirectory> directories = watched.get(number);
        if (directories == null) {
            return List.of();
        }
        directories = List.copyOf(directories);
        if ((mask & Inotify.IGNORED) != 0) {
            watched.remove(number);
            count -= directories.size();
            directories.forEach(directory -> directory.watch = 0);
        }
        return directories;
    }

    private synchronized void closeAll() {
        ended = true;
        closed = true;
        watched.values().forEach(list -> list.forEach(directory -> directory.watch = 0));
        watched.clear();
        closeQuietly(inotify);
        closeQuietly(mounts);
        closeQuietly(epoll);
        closeQuietly(wake);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Nothing of it is used any more, and close(2) has closed it whatever it says.
        }
    }
}
