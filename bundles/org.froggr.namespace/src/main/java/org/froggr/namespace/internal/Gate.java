package org.froggr.namespace.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * What every operation on a member passes. It is open but for the moment in which the member's tree is
 * exchanged. Those inside are counted in stripes, a cache line each, so that they do not meet.
 *
 * <p>A thread must not enter a gate twice: it would wait for itself if the gate was closed in between.
 */
final class Gate {
    private static final int STRIPES =
            Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2));

    /** Ints in a line of the cache. */
    private static final int LINE = 16;

    private final AtomicIntegerArray inside = new AtomicIntegerArray(STRIPES * LINE);

    private volatile boolean closed;
    private boolean held;
    private boolean exchanging;

    /** The calling thread's stripe, the same for every gate. */
    static int stripe() {
        return (int) (Thread.currentThread().getId() & STRIPES - 1) * LINE;
    }

    /** Goes in, if it is open. */
    boolean tryEnter(int stripe) {
        inside.getAndIncrement(stripe);
        if (closed) {
            exit(stripe);
            return false;
        }
        return true;
    }

    /**
     * Goes in, and waits for that as long as the gate is closed.
     *
     * @throws ErrnoException EINTR if the thread is interrupted while it waits
     */
    void enter(int stripe) throws ErrnoException {
        while (!tryEnter(stripe)) {
            awaitOpen();
        }
    }

    void exit(int stripe) {
        inside.getAndDecrement(stripe);
        if (closed) {
            wake();
        }
    }

    /** Waits until it is open. */
    synchronized void awaitOpen() throws ErrnoException {
        while (closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ErrnoException(Errno.EINTR, "wait for an exchange");
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Closes it for an exchange. */
    synchronized void close() {
        exchanging = true;
        closed = true;
    }

    /** Ends {@link #close}. */
    synchronized void open() {
        exchanging = false;
        update();
    }

    /** Closes it until {@link #release}, whatever {@link #open} says. */
    synchronized void hold() {
        held = true;
        closed = true;
    }

    synchronized void release() {
        held = false;
        update();
    }

    private void update() {
        closed = held || exchanging;
        notifyAll();
    }

    /**
     * Waits until nobody is inside. It must be closed.
     *
     * @return false if somebody still is
     */
    synchronized boolean drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isEmpty() {
        int sum = 0;
        for (int i = 0; i < STRIPES; i++) {
            sum += inside.get(i * LINE);
        }
        return sum == 0;
    }
}
