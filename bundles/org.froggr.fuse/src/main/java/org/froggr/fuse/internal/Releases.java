package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Open files that are being given back. The kernel lets close(2) return before RELEASE is answered, so who closes a
 * file with a lock and asks for that lock next may be faster than what releases it. Any thread.
 */
final class Releases {
    /** Between a thread's reading RELEASE and its beginning with it. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicInteger underWay = new AtomicInteger();

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** Waits, for a moment at most, until those that were asked for before have ended. */
    void await() {
        long end = System.nanoTime() + LIMIT_NANOS;
        LockSupport.parkNanos(this, GRACE_NANOS);
        while (underWay.get() > 0 && System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, STEP_NANOS);
        }
    }
}
