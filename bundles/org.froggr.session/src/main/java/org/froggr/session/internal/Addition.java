package org.froggr.session.internal;

import java.util.List;
import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Adds entries to one session's namespace step by step; each step is taken back if a later one fails. The
 * caller holds the session's lock.
 */
final class Addition {
    private final ManagerContext context;
    private final Refusals refusals;
    private final Placement placement;
    private final MadeTargets madeTargets;

    Addition(ManagerContext context, Refusals refusals) {
        this.context = context;
        this.refusals = refusals;
        this.placement = new Placement(context);
        this.madeTargets = new MadeTargets(context.registry());
    }

    /**
     * What was held so far is in the platform's namespace, and a private session has its own; which one
     * that is, is certain only under its lock.
     *
     * @return empty if the target has just been removed
     */
    Optional<Change> add(LiveSession session, Plan plan) throws FroggrException {
        if (session.record().mode() == SessionMode.SHARED) {
            return addIn(session, plan, context.ownSpace()).map(entry -> changed(session, entry, plan));
        }
        MountSpace space = session.space();
        try (Plan inside = Plan.of(plan.request(), space)) {
            refusals.check(inside, space, Optional.of(session), SessionMode.PRIVATE);
            return addIn(session, inside, space).map(entry -> changed(session, entry, inside));
        }
    }

    /**
     * Steps: make the target, record the intent, mount, record the mount. Each undoes those before it.
     */
    private Optional<EntryRecord> addIn(LiveSession session, Plan plan, MountSpace space) throws FroggrException {
        Optional<MadeTargets.Intent> intended = madeTargets.intend(session, plan, space);
        if (intended.isEmpty()) {
            return Optional.empty();
        }
        try (MadeTargets.Intent intent = intended.get()) {
            try {
                return Optional.of(mount(session, plan, intent.entry(), intent.target()));
            } catch (FroggrException | RuntimeException e) {
                madeTargets.remove(session, List.of(intent.entry()));
                throw e;
            }
        }
    }

    private EntryRecord mount(LiveSession session, Plan plan, EntryRecord intended, Located target)
            throws FroggrException {
        EntryRecord mounted = placement.place(session, intended, plan.source(), target);
        try {
            session.ledger().update(r -> r.withEntries(Entries.replace(r.entries(), intended, mounted)), false);
            context.syncs().soon(session);
            return mounted;
        } catch (ErrnoException e) {
            undo(session, mounted);
            throw session.unwritable(e);
        }
    }

    private void undo(LiveSession session, EntryRecord mounted) throws FroggrException {
        try {
            placement.withdraw(session, mounted, UnmountMode.LAZY);
        } catch (ErrnoException e) {
            throw OsFault.of(e, mounted.target().quoted() + " was mounted, could not be recorded, and cannot be undone");
        }
    }

    private static Change changed(LiveSession session, EntryRecord entry, Plan plan) {
        List<NamespaceEntry> stack = List.copyOf(Entries.at(entry.target(), session.record().entries()));
        return new Results.ChangeResult(session.info(), true, stack, plan.notes());
    }
}
