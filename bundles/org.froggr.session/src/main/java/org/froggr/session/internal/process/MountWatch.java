package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.Fd;
import org.osgi.service.log.Logger;

/**
 * Notices when a mount table changes: one thread on all of them (proc(5): a change is an exceptional
 * condition of {@code /proc/PID/mountinfo}). Safe from any thread.
 */
public final class MountWatch implements AutoCloseable {
    /** The table of the platform's own namespace. */
    public static final BytePath OWN = BytePath.of("/proc/self/mountinfo");

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final EpollLoop loop;
    private final Logger logger;
    private final Debounce debounce = new Debounce(INTERVAL);
    private final Map<Long, Table> tables = new HashMap<>();

    private record Table(int fd, long key) {}

    public MountWatch(Logger logger) throws ErrnoException {
        this.logger = logger;
        loop = new EpollLoop("froggr-mount-watch", logger, debounce);
        loop.start();
    }

    /**
     * Has {@code onChange} called after each change: soon after the first, then at most every 100
     * milliseconds while changes go on, and once after the last. It is called on the watch's own thread
     * and must return soon.
     *
     * <p>The open table keeps its namespace alive: {@link #unwatch} it when the namespace's process is gone.
     * A table that cannot be opened, as when its process has just died, is logged.
     *
     * @param key what to {@link #unwatch} it by, such as the namespace's inode number
     * @param mountInfo {@link #OWN}, or {@code /proc/PID/mountinfo}
     * @throws IllegalStateException if the key is in use
     */
    public synchronized void watch(long key, BytePath mountInfo, Runnable onChange) {
        if (tables.containsKey(key)) {
            throw new IllegalStateException("watched already: " + key);
        }
        int fd = -1;
        try {
            fd = Fd.open(mountInfo, Fd.O_RDONLY, 0);
            tables.put(key, new Table(fd, loop.add(fd, Epoll.PRI, debounce.of(key, onChange))));
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            logger.warn("Changes of {} will not be noticed", mountInfo, e);
        }
    }

    /** Stops watching; without effect if nothing is watched by that key. */
    public synchronized void unwatch(long key) {
        Table table = tables.remove(key);
        if (table != null) {
            debounce.forget(key);
            loop.remove(table.key(), table.fd());
            Fd.closeQuietly(table.fd());
        }
    }

    /** Watches nothing any more. */
    @Override
    public void close() throws ErrnoException {
        loop.close();
        closeTables();
    }

    private synchronized void closeTables() {
        tables.values().forEach(table -> Fd.closeQuietly(table.fd()));
        tables.clear();
    }
}
