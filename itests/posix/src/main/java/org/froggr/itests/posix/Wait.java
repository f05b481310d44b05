package org.froggr.itests.posix;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition. */
final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final long PAUSE_NANOS = 500_000;

    private Wait() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Throws if it does not become true within some seconds. */
    static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new Failure("never happened: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
