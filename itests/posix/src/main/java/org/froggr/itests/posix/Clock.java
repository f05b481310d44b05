package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import org.froggr.api.ErrnoException;

/** The clocks that file systems stamp files with. Nanoseconds since 1970. */
final class Clock {
    private static final long SECOND = 1_000_000_000L;

    /** 9 September 2001, 01:46:40.123456789 UTC. */
    static final long OLD = SECOND * SECOND + 123_456_789L;

    private Clock() {}

    /** What current_time() of the kernel has, a few milliseconds coarse. */
    static long coarse() {
        return time(CLOCK_REALTIME_COARSE);
    }

    static long now() {
        return time(CLOCK_REALTIME);
    }

    /** Waits until a change of a file with this stamp must get a later one. */
    static void pass(long stamp) {
        while (coarse() <= stamp) {
            Thread.onSpinWait();
        }
    }

    /** Waits until the status change time of this file can be told from a later one. */
    static Stat settled(String name) throws ErrnoException {
        Stat stat = Stat.ofLink(name);
        pass(stat.changed());
        return stat;
    }

    private static long time(int clock) {
        long[] time = new long[2];
        Sys.clock_gettime(clock, time);
        return time[0] * SECOND + time[1];
    }
}
