package org.froggr.session.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.MountBackend;

/**
 * Keeps kernel trees in use while the backends that made them come and go. The kernel serves them
 * meanwhile, so nobody who uses them notices.
 */
final class Handover {
    private final ManagerContext context;
    private final Placement placement;
    private final ExecutorService workers;

    Handover(ManagerContext context, ExecutorService workers) {
        this.context = context;
        this.placement = new Placement(context);
        this.workers = workers;
    }

    /** A backend is there: it gets the trees of its kind that nobody looks after. */
    void backendCame(MountBackend backend, Map<String, ?> properties) {
        List<String> schemes = Services.keys(properties.get(MountBackend.SCHEME));
        List<String> types = Services.keys(properties.get(MountBackend.TYPE));
        try {
            workers.execute(() -> context.registry().all().forEach(s -> handOver(s, backend, schemes, types)));
        } catch (RejectedExecutionException e) {
            context.log().debug("the platform stops; trees are left to the next");
        }
    }

    private void handOver(LiveSession session, MountBackend backend, List<String> schemes, List<String> types) {
        session.lock().lock();
        try {
            for (EntryRecord entry : session.record().entries()) {
                boolean its = types.contains(entry.type()) || schemes.contains(entry.type());
                boolean orphan = entry.present() && !entry.tree().isEmpty()
                        && !session.attachments().containsKey(entry.treeKey());
                if (its && orphan) {
                    placement.handOver(session, entry, backend);
                } else if (its && entry.isServed() && placement.isMadeByAnother(session, entry, backend)) {
                    placement.exchange(session, entry);
                }
            }
            if (types.contains(Plan.SERVED_TYPE)) {
                renewOriginals(session);
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
            session.served().renewOriginals();
        } catch (ErrnoException | FroggrException e) {
            context.log().warn("session {}: its unions go on with the backend before: {}", session.id(), e.getMessage());
        }
    }

    /**
     * A backend is gone: its trees are no longer its own to give back. Waits for no session, since who is
     * at work on one may be waiting for the backend that comes after this.
     */
    void backendWent(MountBackend backend) {
        // A tree that the platform presents goes on until there is another to exchange it for.
        context.registry().all().forEach(s -> s.attachments()
                .entrySet()
                .removeIf(h -> h.getValue().by() == backend && !isServed(h.getKey())));
    }
}
