package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which request a thread performs now. An interrupt reaches the thread during that request only: whoever
 * interrupts holds it for a moment, and the thread waits for that before it goes on to the next.
 */
final class Performing {
    private static final long NOTHING = 0;

    /** No request has this number: the kernel counts up from 2 by 2, and sets bit 63. */
    private static final long HELD = -1;

    private final AtomicLong unique = new AtomicLong(NOTHING);
    private final Thread thread;
    private final Request request;

    Performing(Thread thread, Request request) {
        this.thread = thread;
        this.request = request;
    }

    /** The thread begins with a request. */
    void begin(long number) {
        unique.set(number);
    }

    /** The thread has ended it; it is not interrupted any more. */
    void end(long number) {
        while (!unique.compareAndSet(number, NOTHING)) {
            Thread.onSpinWait();
        }
        if (request.interrupted()) {
            Thread.interrupted();
        }
    }

    /** Interrupts the thread if it performs that request; returns whether it does. */
    boolean interrupt(long number) {
        if (number == NOTHING || number == HELD || !unique.compareAndSet(number, HELD)) {
            return false;
        }
        request.interrupt();
        thread.interrupt();
        unique.set(number);
        return true;
    }

    boolean isBusy() {
        return unique.get() != NOTHING;
    }
}
