package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import org.froggr.spi.tree.Attributes;

/**
 * What was noted of a request that is sent again, and what its time says of what is there now.
 *
 * <p>Times of files are those of the last tick of the clock (ktime_get_coarse_real_ts64, linux/kernel/time), up to
 * {@link #TICK_MILLIS} before the time when it was noted that an operation begins. So what others did in that time
 * just before cannot be told from what it did; the kernel lets nobody do that through the same mount, since it
 * holds the directory or file for as long as the request lasts.
 */
final class Intent {
    /** Of CONFIG_HZ=100, the slowest there is. */
    private static final int TICK_MILLIS = 10;

    private static final int NANOS = 1_000_000;

    private final boolean isDone;
    private final long result;
    private final long startMillis;
    private final long first;
    private final long second;

    Intent(IntentTable table, int slot) {
        this(table.isDone(slot), table.result(slot), table.startMillis(slot), table.first(slot), table.second(slot));
    }

    private Intent(boolean isDone, long result, long startMillis, long first, long second) {
        this.isDone = isDone;
        this.result = result;
        this.startMillis = startMillis;
        this.first = first;
        this.second = second;
    }

    /** Whether it is noted that it came to an end. */
    boolean isDone() {
        return isDone;
    }

    /** What it came to, or its error number, negative. */
    long result() {
        return result;
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    /** The same, as if no end had been noted. */
    Intent begun() {
        return isDone ? new Intent(false, 0, startMillis, first, second) : this;
    }

    /** Whether this may have been made by the operation: not before it began, as far as is known. */
    boolean mayHaveMade(Attributes a) {
        if (a.birthSeconds != 0 || a.birthNanos != 0) {
            return isSince(a.birthSeconds, a.birthNanos);
        }
        return mayHaveTouched(a);
    }

    /** Whether this may have been changed by the operation: not before it began, as far as is known. */
    boolean mayHaveTouched(Attributes a) {
        boolean isKnown = a.changeSeconds != 0 || a.changeNanos != 0 || a.modifySeconds != 0 || a.modifyNanos != 0;
        return !isKnown || isSince(a.changeSeconds, a.changeNanos) || isSince(a.modifySeconds, a.modifyNanos);
    }

    private boolean isSince(long seconds, int nanos) {
        long earliest = startMillis - TICK_MILLIS;
        // No nanoseconds: of a file system that has none, most likely
        return nanos == 0 ? seconds >= TimeUnit.MILLISECONDS.toSeconds(earliest) : millis(seconds, nanos) >= earliest;
    }

    /** Whether this was made when the operation had begun, for certain. */
    boolean isOlderThan(Attributes a) {
        return a.birthNanos != 0 && millis(a.birthSeconds, a.birthNanos) > startMillis;
    }

    private static long millis(long seconds, int nanos) {
        return TimeUnit.SECONDS.toMillis(seconds) + nanos / NANOS;
    }
}
