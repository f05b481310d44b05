package org.froggr.itests.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for times. */
public final class Wait {
    private static final long POLL_NANOS = 5_000_000;

    private Wait() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError if it does not within {@code limit}
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!holds(limit, condition)) {
            throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
        }
    }

    /** Whether the condition comes to hold within {@code limit}. */
    public static boolean holds(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
