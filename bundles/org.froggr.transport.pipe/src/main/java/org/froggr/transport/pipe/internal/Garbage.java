package org.froggr.transport.pipe.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.log.Logger;

/** Counts lines that were rejected, and logs that at most once in ten seconds. */
final class Garbage {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final LongSupplier nanoTime;
    private long count;
    private long logged;
    private boolean ever;

    Garbage(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    synchronized void rejected(int length) {
        count++;
        long now = nanoTime.getAsLong();
        if (!ever || now - logged >= PAUSE_NANOS) {
            logger.warn("rejected a line of {} bytes in platform/ctl, {} so far", length, count);
            ever = true;
            logged = now;
        }
    }
}
