package org.froggr.session.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.MountBackend;

/**
 * Keeps trees in use while the backends that made them come and go. Those that the kernel serves need
 * nothing meanwhile. On those that the platform presents programs wait, for as long as a replacement may
 * take, because classes of a bundle that is being replaced cannot be loaded any more.
 */
final class Handover {
    private final ManagerContext context;
    private final Placement placement;
    private final ExecutorService workers;
    private final ScheduledExecutorService clock;

    /** How often a backend went. Who has put a tree of an earlier one in place does not end a later wait. */
    private final AtomicInteger departures = new AtomicInteger();

    Handover(ManagerContext context, ExecutorService workers, ScheduledExecutorService clock) {
        this.context = context;
        this.placement = new Placement(context);
        this.workers = workers;
        this.clock = clock;
    }

    /** A backend is there: it gets the trees of its kind that nobody looks after. */
    void backendCame(MountBackend backend, Map<String, ?> properties) {
        List<String> schemes = Services.keys(properties.get(MountBackend.SCHEME));
        List<String> types = Services.keys(properties.get(MountBackend.TYPE));
        try {
            workers.execute(() -> {
                context.registry().all().forEach(s -> handOver(s, backend, schemes, types));
                // Copies of unions are made of the trees that those have by now
                context.registry().all().forEach(s -> exchangeAll(s, backend, schemes, types, true));
            });
        } catch (RejectedExecutionException e) {
            context.log().debug("the platform stops; trees are left to the next");
        }
    }

    private void handOver(LiveSession session, MountBackend backend, List<String> schemes, List<String> types) {
        session.lock().lock();
        try {
            int before = departures.get();
            for (EntryRecord entry : session.record().entries()) {
                boolean its = types.contains(entry.type()) || schemes.contains(entry.type());
                boolean orphan = entry.present() && !entry.tree().isEmpty()
                        && !session.attachments().containsKey(entry.treeKey());
                if (its && orphan) {
                    placement.handOver(session, entry, backend);
                }
            }
            exchangeAll(session, backend, schemes, types, false);
            // As long as none went, they are of the one that is there
            if (types.contains(Plan.SERVED_TYPE) && before > 0) {
                renewOriginals(session);
                if (departures.get() == before) {
                    session.served().replacements().releaseOriginals();
                }
            }
        } finally {
            session.lock().unlock();
        }
    }

    /** @param own whether those that are parts of other unions of ours, or all others */
    private void exchangeAll(
            LiveSession session, MountBackend backend, List<String> schemes, List<String> types, boolean own) {
        session.lock().lock();
        try {
            int before = departures.get();
            for (EntryRecord entry : session.record().entries()) {
                boolean its = types.contains(entry.type()) || schemes.contains(entry.type());
                if (its
                        && entry.isServed()
                        && session.served().own(entry.head(), entry.member()).isPresent() == own
                        && placement.isMadeByAnother(session, entry, backend)) {
                    placement.exchange(session, entry);
                    if (departures.get() == before) {
                        session.served().replacements().release(entry.head(), entry.member());
                    }
                }
            }
        } finally {
            session.lock().unlock();
        }
    }

    private static boolean isServed(String treeKey) {
        return treeKey.contains(".");
    }

    private void renewOriginals(LiveSession session) {
        try {
            session.served().replacements().renewOriginals();
        } catch (ErrnoException | FroggrException e) {
            context.log().warn("session {}: its unions go on with the backend before: {}", session.id(), e.getMessage());
        }
    }

    /**
     * A backend is gone: its trees are no longer its own to give back. Waits for no session, since who is
     * at work on one may be waiting for the backend that comes after this.
     */
    void backendWent(MountBackend backend, Map<String, ?> properties) {
        int departure = departures.incrementAndGet();
        boolean servesOriginals = Services.keys(properties.get(MountBackend.TYPE)).contains(Plan.SERVED_TYPE);
        for (LiveSession session : context.registry().all()) {
            session.attachments()
                    .entrySet()
                    .removeIf(h -> h.getValue().by() == backend && !isServed(h.getKey()));
            hold(session, backend);
            if (servesOriginals) {
                session.served().replacements().holdOriginals();
            }
        }
        try {
            clock.schedule(
                    () -> giveUp(departure), Backends.REPLACEMENT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            context.log().debug("the platform stops; trees are left to the next");
        }
    }

    private static void hold(LiveSession session, MountBackend backend) {
        for (EntryRecord entry : session.record().entries()) {
            LiveSession.Holding holding = session.attachments().get(entry.treeKey());
            if (entry.isServed() && holding != null && holding.by() == backend) {
                session.served().replacements().hold(entry.head(), entry.member());
            }
        }
    }

    /** No replacement came: the trees that there are go on, which do as long as they need no more classes. */
    private void giveUp(int departure) {
        if (departures.get() == departure) {
            context.registry().all().forEach(session -> session.served().replacements().releaseAll());
        }
    }
}
