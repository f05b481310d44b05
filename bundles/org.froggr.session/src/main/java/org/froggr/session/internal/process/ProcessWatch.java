package org.froggr.session.internal.process;

import java.util.HashMap;
import java.util.Map;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.osgi.service.log.Logger;

/**
 * Notices at once when an anchor ends, however it ends: one thread on the pidfds of all of them. Safe
 * from any thread.
 */
public final class ProcessWatch implements AutoCloseable {
    private final EpollLoop loop;
    private final Logger logger;
    private final Map<Anchor, Long> watched = new HashMap<>();

    public ProcessWatch(Logger logger) throws ErrnoException {
        this.logger = logger;
        loop = new EpollLoop("froggr-process-watch", logger, new EpollLoop.NoPause());
        loop.start();
    }

    /**
     * Has {@code onDeath} called once, when the anchor has ended, and at once if it has already. It is
     * called on the watch's own thread and must return soon. A dead child has been reaped by then. If the
     * kernel refuses (ENOSPC, ENOMEM; epoll_ctl(2)) that is logged, and only a ping finds out.
     *
     * @throws IllegalStateException if the anchor is watched already
     */
    public synchronized void watch(Anchor anchor, Runnable onDeath) {
        if (watched.containsKey(anchor)) {
            throw new IllegalStateException(anchor + " is watched already");
        }
        try {
            watched.put(anchor, loop.add(anchor.pidFd().fd(), Epoll.IN, () -> died(anchor, onDeath)));
        } catch (ErrnoException e) {
            logger.error("The end of {} will not be noticed at once", anchor, e);
        }
    }

    /**
     * Stops watching; without effect if it is not watched, or has died. No call begins after this has
     * returned. To be called before {@link Anchor#close}.
     */
    public void unwatch(Anchor anchor) {
        take(anchor);
    }

    private synchronized boolean take(Anchor anchor) {
        Long key = watched.remove(anchor);
        if (key != null) {
            loop.remove(key, anchor.pidFd().fd());
        }
        return key != null;
    }

    private void died(Anchor anchor, Runnable onDeath) {
        if (!take(anchor)) {
            return;
        }
        try {
            anchor.reap();
        } catch (ErrnoException e) {
            logger.warn("{} stays a zombie", anchor, e);
        }
        onDeath.run();
    }

    /** Watches nothing any more. */
    @Override
    public void close() throws ErrnoException {
        loop.close();
    }
}
