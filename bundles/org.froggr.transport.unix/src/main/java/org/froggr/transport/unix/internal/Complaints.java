package org.froggr.transport.unix.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.osgi.service.log.Logger;

/** The log, guarded from peers that send rubbish without end: a few lines a minute, the rest are counted. */
final class Complaints {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int LINES_A_PERIOD = 20;

    private final Logger logger;
    private final LongSupplier nanoTime;
    private long periodStart;
    private int lines;

    Complaints(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
        this.periodStart = nanoTime.getAsLong();
    }

    /** What a peer did, or what happened to it. */
    synchronized void warn(String format, Object... arguments) {
        if (nanoTime.getAsLong() - periodStart > PERIOD_NANOS) {
            summary();
            periodStart = nanoTime.getAsLong();
            lines = 0;
        }
        if (++lines <= LINES_A_PERIOD) {
            logger.warn(format, arguments);
        }
    }

    private void summary() {
        if (lines > LINES_A_PERIOD) {
            logger.warn("{} more lines about clients of the Unix socket were left out", lines - LINES_A_PERIOD);
        }
    }

    /** A defect of ours or of a handler. */
    void error(String message, Throwable cause) {
        logger.error(message, cause);
    }
}
