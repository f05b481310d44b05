package org.froggr.session.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.osgi.service.log.Logger;

/**
 * Brings records to the disk itself a moment after they were written. A kill of any process loses nothing
 * of what was written; only a power failure within that moment does, and no mount outlives it anyway.
 * So nobody has to wait for the disk, and many changes in a row cost one sync.
 */
final class Syncs {
    private static final Duration DELAY = Duration.ofMillis(200);

    private final ScheduledExecutorService clock;
    private final ExecutorService workers;
    private final Logger log;
    private final Set<LiveSession> waiting = ConcurrentHashMap.newKeySet();

    Syncs(ScheduledExecutorService clock, ExecutorService workers, Logger log) {
        this.clock = clock;
        this.workers = workers;
        this.log = log;
    }

    /** Syncs the session's record soon. */
    void soon(LiveSession session) {
        try {
            if (waiting.add(session)) {
                clock.schedule(() -> workers.execute(() -> sync(session)), DELAY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.debug("the platform stops; the kernel writes the record of {} in its own time", session.id());
        }
    }

    private void sync(LiveSession session) {
        waiting.remove(session);
        if (!session.lock().tryLock()) {
            // Somebody is at work on it; a worker must not wait for that.
            soon(session);
            return;
        }
        try {
            if (!session.hasEnded()) {
                session.ledger().sync();
            }
        } catch (ErrnoException e) {
            log.warn("session {}: its record may not survive a power failure: {}", session.id(), e.getMessage());
        } finally {
            session.lock().unlock();
        }
    }
}
