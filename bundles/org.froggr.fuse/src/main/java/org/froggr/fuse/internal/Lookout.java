package org.froggr.fuse.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that sees to it that nobody waits for a thread that is stuck: every few milliseconds as long as
 * there is something to do, not at all otherwise. It performs no operation itself.
 *
 * <p>A thread is stuck if it performs the same request as at the last look. Then its connection is read by
 * another one, and if no thread is free, more are made. A thread that waits for a connection from which nothing comes
 * is sent to wait for all of them. What takes longer than its connection permits, or does not end although its
 * program was interrupted, is given up: answered here, and left to its thread.
 */
final class Lookout implements Runnable, AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int QUIET_LOOKS = 50;

    /** How many threads there may be that are always busy without being stuck: operations that wait for a disk. */
    private static final int BUSY_WORKERS = 8;

    private static final int BUSY_LOOKS = 5;
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Workers workers;
    private final Complaints complaints;
    private final Thread thread = new Thread(this, "froggr-fuse-lookout");
    private volatile boolean asleep;
    private volatile boolean closed;
    private long lastDone;
    private int quietLooks;
    private int busyLooks;

    Lookout(Workers workers, Complaints complaints) {
        this.workers = workers;
        this.complaints = complaints;
        thread.setDaemon(true);
        thread.start();
    }

    /** Something happens. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException e) {
                complaints.say("The look-out failed, and goes on", e);
            }
            if (quietLooks > QUIET_LOOKS) {
                sleep();
            } else {
                LockSupport.parkNanos(this, busyLooks > 0 ? BUSY_NANOS : LOOK_NANOS);
            }
        }
    }

    /** Until something happens. Who begins says so first and looks then whether this sleeps; here the other way. */
    private void sleep() {
        asleep = true;
        boolean isIdle = workers.all().stream().allMatch(worker -> worker.current() == null);
        if (isIdle && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
        quietLooks = 0;
    }

    private void look() {
        Set<FuseConnection> slow = new HashSet<>();
        int stuckWorkers = 0;
        long now = System.nanoTime();
        boolean areAllTaken = workers.areAllTaken();
        for (Worker worker : workers.all()) {
            worker.look(now);
            boolean isStuck = worker.isStuck();
            stuckWorkers += isStuck ? 1 : 0;
            FuseConnection current = worker.current();
            if ((worker.isSlow() | isStuck) && current != null) {
                slow.add(current);
            }
            worker.leaveIfIdle(now, areAllTaken);
        }
        addWorkers(stuckWorkers);
        for (FuseConnection connection : slow) {
            connection.slow(now);
            connection.callUnlessSomebodyWaits();
        }
        boolean needed = stuckWorkers > 0;
        for (FuseConnection connection : workers.connections()) {
            needed |= connection != null && connection.look(now);
        }
        long done = done();
        quietLooks = needed || done != lastDone ? 0 : quietLooks + 1;
        lastDone = done;
    }

    private void addWorkers(int stuck) {
        if (workers.waiting() > 0) {
            busyLooks = 0;
            return;
        }
        busyLooks++;
        if (stuck > 0 || busyLooks > BUSY_LOOKS && workers.size() < BUSY_WORKERS) {
            busyLooks = 1;
            workers.start();
        }
    }

    private long done() {
        long sum = 0;
        for (Worker worker : workers.all()) {
            sum += worker.done();
        }
        return sum;
    }

    /** Waits a limited time until none of these is left. */
    void awaitNobody(Collection<?> some) {
        long deadline = System.nanoTime() + END_NANOS;
        while (!some.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(this, BUSY_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
