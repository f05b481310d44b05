package org.froggr.session.internal.pipes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.EventFd;
import org.osgi.service.log.Logger;

/** The one thread that reads every session's {@code ctl} and feeds requesters' own pipes. */
final class PipeLoop implements AutoCloseable {
    /** Registered with {@link Epoll}: the loop is to look at the outbox, or at its end. */
    static final long WAKE = 0;
    /** Registered with {@link Epoll}: a pipe of the outbox has room. */
    static final long OUTBOX = 1;

    private static final long FIRST_CHANNEL = 2;
    private static final int EVENTS = 64;
    private static final long ENDING_NANOS = 500_000_000;

    private final Logger logger;
    private final Epoll epoll;
    private final EventFd wake;
    private final Outbox outbox;
    private final Thread thread;
    private final Map<Long, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicLong nextChannel = new AtomicLong(FIRST_CHANNEL);
    private final byte[] buffer = new byte[LineBuffer.MOST_BYTES];
    private volatile boolean ending;
    private volatile long end;

    PipeLoop(Duration patience, Logger logger) throws ErrnoException {
        this.logger = logger;
        epoll = Epoll.open();
        wake = EventFd.open();
        outbox = new Outbox(epoll, patience);
        epoll.add(wake.fd(), Epoll.IN, WAKE);
        thread = new Thread(this::run, "froggr-pipes");
        thread.setDaemon(true);
        thread.start();
    }

    Epoll epoll() {
        return epoll;
    }

    /** Registers the reading of a channel's {@code ctl}; returns the number it is known by. */
    long add(Channel channel, int ctl) throws ErrnoException {
        long number = nextChannel.getAndIncrement();
        channels.put(number, channel);
        try {
            epoll.add(ctl, Epoll.IN, number);
            return number;
        } catch (ErrnoException e) {
            channels.remove(number);
            throw e;
        }
    }

    void forget(long number) {
        channels.remove(number);
    }

    /** Sends a line to a pipe of a requester's own; false if it is dropped at once. */
    boolean send(Delivery delivery) {
        boolean taken = outbox.add(delivery);
        signal();
        return taken;
    }

    private void signal() {
        try {
            wake.signal();
        } catch (ErrnoException e) {
            logger.error("the thread of the sessions' pipes cannot be woken", e);
        }
    }

    private void run() {
        Epoll.Events events = new Epoll.Events(EVENTS);
        while (!ending || (!outbox.isEmpty() && System.nanoTime() - end < 0)) {
            try {
                turn(events);
            } catch (ErrnoException | RuntimeException e) {
                logger.error("an event of the sessions' pipes was lost", e);
            }
        }
        outbox.drop(System.nanoTime());
    }

    private void turn(Epoll.Events events) throws ErrnoException {
        int count = epoll.await(events, outbox.timeoutMillis());
        for (int i = 0; i < count; i++) {
            long data = events.data(i);
            if (data == WAKE) {
                wake.drain();
            } else if (data != OUTBOX) {
                read(data);
            }
        }
        outbox.advance(System.nanoTime());
    }

    private void read(long number) {
        Channel channel = channels.get(number);
        if (channel == null) {
            return;
        }
        try {
            channel.read(buffer);
        } catch (ErrnoException e) {
            // An unreadable pipe would be reported ready for ever.
            channel.close();
            logger.error("the pipe ctl of session {} is no longer read: {}", channel.id(), e.getMessage());
        }
    }

    /** Ends the thread; lines on their way have half a second to arrive. */
    @Override
    public void close() throws ErrnoException {
        end = System.nanoTime() + ENDING_NANOS;
        ending = true;
        signal();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wake.close();
        epoll.close();
    }
}
