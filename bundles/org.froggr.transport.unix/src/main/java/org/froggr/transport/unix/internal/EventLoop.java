package org.froggr.transport.unix.internal;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.EventFd;

/** One thread that waits for many descriptors and calls whoever each belongs to. */
final class EventLoop {
    private static final long WAKE = 0;
    private static final int EVENTS_AT_ONCE = 64;
    private static final int TICK_MILLIS = 250;
    private static final int FOR_EVER = -1;

    /** What to do when a descriptor is ready; on the loop's thread. */
    interface Handler {
        void ready(int events) throws ErrnoException;
    }

    /** Called on the loop's thread after each wait. */
    interface Tick {
        /** Returns whether to be called again soon, even if nothing happens. */
        boolean run() throws ErrnoException;
    }

    private final Epoll epoll;
    private final EventFd wake;
    private final Tick tick;
    private final Complaints complaints;
    private final Map<Long, Handler> handlers = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(WAKE);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "froggr-unix");
    private volatile boolean stopped;

    private EventLoop(Epoll epoll, EventFd wake, Tick tick, Complaints complaints) {
        this.epoll = epoll;
        this.wake = wake;
        this.tick = tick;
        this.complaints = complaints;
        thread.setDaemon(true);
    }

    /** A loop with its thread running. */
    static EventLoop start(Tick tick, Complaints complaints) throws ErrnoException {
        Epoll epoll = Epoll.open();
        EventFd wake = null;
        try {
            wake = EventFd.open();
            epoll.add(wake.fd(), Epoll.IN, WAKE);
        } catch (ErrnoException e) {
            close(epoll, wake);
            throw e;
        }
        EventLoop loop = new EventLoop(epoll, wake, tick, complaints);
        loop.thread.start();
        return loop;
    }

    private static void close(Epoll epoll, EventFd wake) throws ErrnoException {
        try {
            if (wake != null) {
                wake.close();
            }
        } finally {
            epoll.close();
        }
    }

    /** Watches a descriptor; returns the number that {@link #modify} and {@link #forget} take. */
    long add(int fd, int events, Handler handler) throws ErrnoException {
        long id = ids.incrementAndGet();
        handlers.put(id, handler);
        try {
            epoll.add(fd, events, id);
            return id;
        } catch (ErrnoException e) {
            handlers.remove(id);
            throw e;
        }
    }

    void modify(int fd, int events, long id) throws ErrnoException {
        epoll.modify(fd, events, id);
    }

    /** Calls that handler no more, unless it is running. Closing the descriptor ends the watch itself. */
    void forget(long id) {
        handlers.remove(id);
    }

    /** Runs something on the loop's thread, soon. */
    void execute(Runnable task) throws ErrnoException {
        tasks.add(task);
        wake.signal();
    }

    private void run() {
        Epoll.Events events = new Epoll.Events(EVENTS_AT_ONCE);
        int timeout = FOR_EVER;
        while (!stopped) {
            timeout = round(events, timeout);
        }
        runTasks();
    }

    /** Returns how long the next wait may take. */
    private int round(Epoll.Events events, int timeout) {
        try {
            int count = epoll.await(events, timeout);
            for (int i = 0; i < count; i++) {
                dispatch(events.data(i), events.events(i));
            }
            return tick.run() ? TICK_MILLIS : FOR_EVER;
        } catch (ErrnoException | RuntimeException e) {
            complaints.error("the loop of the Unix socket goes on after an error", e);
            return TICK_MILLIS;
        }
    }

    private void dispatch(long id, int what) {
        try {
            if (id == WAKE) {
                wake.drain();
                runTasks();
                return;
            }
            Handler handler = handlers.get(id);
            if (handler != null) {
                handler.ready(what);
            }
        } catch (ErrnoException | RuntimeException e) {
            complaints.error("a client of the Unix socket could not be served", e);
        }
    }

    private void runTasks() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
        }
    }

    /** Ends the thread, once it has run all the tasks, and waits for that. */
    void stop() throws ErrnoException, InterruptedException {
        stopped = true;
        wake.signal();
        thread.join();
        close(epoll, wake);
    }
}
