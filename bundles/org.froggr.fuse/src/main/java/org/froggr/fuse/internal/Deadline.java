package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;

/**
 * How long one thread has been at the same request: nothing is noted when it begins, so it costs only what looking
 * at it now and then costs. By one thread.
 */
final class Deadline {
    /** What a tree may take to hear of an interrupt. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** In place of an error number. */
    static final int GO_ON = 0;

    private long done = -1;
    private long beginNanos;
    private long interruptNanos;
    private boolean interrupted;

    /**
     * Looks at the thread.
     *
     * @param requestsDone by it before the one that it performs now
     * @param limitNanos 0 for none
     * @return EIO if that takes longer than the limit, EINTR if its program was interrupted and it did not end in time
     */
    int look(long requestsDone, boolean isInterrupted, long nowNanos, long limitNanos) {
        if (requestsDone != done) {
            done = requestsDone;
            beginNanos = nowNanos;
            interrupted = false;
        }
        if (isInterrupted && !interrupted) {
            interrupted = true;
            interruptNanos = nowNanos;
        }
        if (interrupted && nowNanos - interruptNanos > GRACE_NANOS) {
            return Errno.EINTR.number();
        }
        return limitNanos > 0 && nowNanos - beginNanos > limitNanos ? Errno.EIO.number() : GO_ON;
    }

    long done() {
        return done;
    }
}
