package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.froggr.linux.ThreadSignal;

/**
 * Which request a thread performs now, or that it waits for one. An interrupt reaches the thread during that request
 * only: whoever interrupts holds it for a moment, and the thread waits for that before it goes on to the next. Likewise,
 * a request is answered either by the thread or by who has given it up.
 */
final class Performing {
    private static final long NOTHING = 0;

    // No request has these numbers: the kernel counts up from 2 by 2, and sets bit 63.
    private static final long HELD = -1;
    private static final long GIVEN_UP = -3;
    private static final long ANSWERED = -5;
    private static final long READING = -7;

    private final AtomicLong unique = new AtomicLong(NOTHING);
    private final Thread thread = Thread.currentThread();
    private final ThreadSignal signal = ThreadSignal.ofThisThread();
    private final Request request;
    private volatile boolean expelled;
    private boolean returned;

    /** Of the calling thread. */
    Performing(Request request) {
        this.request = request;
        request.performing(this);
    }

    // Waiting for a request

    /** The thread begins with a connection, from which nobody has expelled it yet. */
    void enter() {
        expelled = false;
    }

    /**
     * The thread is about to read, which may take any time.
     *
     * @return false if it is to leave instead
     */
    boolean read() {
        unique.set(READING);
        return !expelled;
    }

    /** The thread has read nothing that it could perform. */
    void readNothing() {
        begin(NOTHING);
    }

    /** The thread begins with the request that it has read. */
    void begin(long number) {
        if (!unique.compareAndSet(READING, number)) {
            while (!unique.compareAndSet(READING, number)) {
                Thread.onSpinWait();
            }
            signal.absorb();
        }
    }

    /** Has the thread leave its connection if it waits for a request; to be repeated until it has left. */
    void expel() {
        expelled = true;
        if (unique.compareAndSet(READING, HELD)) {
            signal.send();
            unique.set(READING);
        }
    }

    boolean isExpelled() {
        return expelled;
    }

    /** Whether it waits for a request. */
    boolean isReading() {
        return unique.get() == READING;
    }

    // Performing it

    /**
     * The thread is about to answer it, and is not interrupted any more.
     *
     * @return false if it was given up, and so answered
     */
    boolean claim(long number) {
        while (!unique.compareAndSet(number, ANSWERED)) {
            if (unique.get() == GIVEN_UP) {
                clearInterrupt();
                return false;
            }
            Thread.onSpinWait();
        }
        clearInterrupt();
        return true;
    }

    /** The thread has ended it. */
    void end(long number) {
        if (unique.get() != ANSWERED) {
            returned |= unique.get() == GIVEN_UP || !claim(number);
        }
        unique.lazySet(NOTHING);
    }

    private void clearInterrupt() {
        if (request.interrupted()) {
            Thread.interrupted();
        }
    }

    /** Whether the thread has come back from a request that was given up, since this was asked last; by the thread. */
    boolean hasReturned() {
        boolean since = returned;
        returned = false;
        return since;
    }

    /** Interrupts the thread if it performs that request; returns whether it does. */
    boolean interrupt(long number) {
        if (!hold(number)) {
            return false;
        }
        interrupt();
        unique.set(number);
        return true;
    }

    /**
     * Takes the request from the thread, which may end it when it can: the caller answers it.
     *
     * @param condition looked at when the thread cannot go on to another request
     * @return false if the thread does not perform it any more, or the condition does not hold
     */
    boolean giveUp(long number, BooleanSupplier condition) {
        if (!hold(number)) {
            return false;
        }
        boolean holds = condition.getAsBoolean();
        if (holds) {
            interrupt();
        }
        unique.set(holds ? GIVEN_UP : number);
        return holds;
    }

    private boolean hold(long number) {
        return isRequest(number) && unique.compareAndSet(number, HELD);
    }

    private static boolean isRequest(long number) {
        return number != NOTHING
                && number != HELD
                && number != GIVEN_UP
                && number != ANSWERED
                && number != READING;
    }

    private void interrupt() {
        request.interrupt();
        thread.interrupt();
    }

    /** The number of what it performs; nobody's if that is answered, or if it performs nothing. */
    long number() {
        return unique.get();
    }

    /** Whether the program has been interrupted that waits for this request. */
    boolean isInterrupted() {
        return request.interrupted();
    }

    /** Whether it is at a request that was not given up. */
    boolean isBusy() {
        long now = unique.get();
        return now != NOTHING && now != GIVEN_UP && now != READING;
    }

    boolean isGivenUp() {
        return unique.get() == GIVEN_UP;
    }
}
