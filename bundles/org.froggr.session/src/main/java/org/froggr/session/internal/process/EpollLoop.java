package org.froggr.session.internal.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.EventFd;
import org.osgi.service.log.Logger;

/**
 * One daemon thread that waits for many descriptors and calls whoever registered one. A handler that
 * throws is logged and keeps its registration.
 */
final class EpollLoop implements AutoCloseable {
    private static final int BATCH = 256;
    private static final long WAKE_UP = 0;

    private final Epoll epoll;
    private final EventFd wakeUp;
    private final Logger logger;
    private final Pause pause;
    private final AtomicLong lastKey = new AtomicLong(WAKE_UP);
    private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** What else the loop's thread does: after each wait, and when the time it names is over. */
    interface Pause {
        /** Longest time to wait now, -1 without end. */
        int millis();

        /** Does what is due. */
        void end();
    }

    /** Waits for events alone. */
    static final class NoPause implements Pause {
        @Override
        public int millis() {
            return -1;
        }

        @Override
        public void end() {}
    }

    /**
     * @param name of the thread
     * @param pause called on the loop's thread only
     */
    EpollLoop(String name, Logger logger, Pause pause) throws ErrnoException {
        this.logger = logger;
        this.pause = pause;
        this.epoll = Epoll.open();
        this.wakeUp = EventFd.open();
        epoll.add(wakeUp.fd(), Epoll.IN, WAKE_UP);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has {@code handler} called on the loop's thread for each event; returns the key to {@link #remove} it by. */
    long add(int fd, int events, Runnable handler) throws ErrnoException {
        long key = lastKey.incrementAndGet();
        handlers.put(key, handler);
        try {
            epoll.add(fd, events, key);
        } catch (ErrnoException e) {
            handlers.remove(key);
            throw e;
        }
        return key;
    }

    /** Calls to the handler that begin from now on will not be made. To be called before the descriptor is closed. */
    void remove(long key, int fd) {
        if (handlers.remove(key) == null) {
            return;
        }
        try {
            epoll.remove(fd);
        } catch (ErrnoException e) {
            logger.warn("{} keeps a descriptor that it should forget", thread.getName(), e);
        }
    }

    private void run() {
        Epoll.Events events = new Epoll.Events(BATCH);
        while (!closed) {
            try {
                int count = epoll.await(events, pause.millis());
                for (int i = 0; i < count; i++) {
                    handle(events.data(i));
                }
                guard(pause::end);
            } catch (ErrnoException e) {
                logger.error("{} ends, nothing is watched any more", thread.getName(), e);
                return;
            }
        }
    }

    private void handle(long key) throws ErrnoException {
        if (key == WAKE_UP) {
            wakeUp.drain();
            return;
        }
        Runnable handler = handlers.get(key);
        if (handler != null) {
            guard(handler);
        }
    }

    private void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            logger.error("An action of {} failed", thread.getName(), e);
        }
    }

    /** Ends the thread and waits for it, unless it is the caller. */
    @Override
    public void close() throws ErrnoException {
        closed = true;
        wakeUp.signal();
        if (thread != Thread.currentThread()) {
            joinThread();
        }
        try (epoll) {
            wakeUp.close();
        }
    }

    private void joinThread() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
