package org.froggr.session.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Targets that are made for entries, from the making to the record and from the record to the removal.
 * Only one thread of the platform is in here at a time: entries may share directories on the way, which
 * one must not remove while another builds on them.
 */
final class MadeTargets {
    private static final Object ONE_AT_A_TIME = new Object();

    private final Registry registry;

    MadeTargets(Registry registry) {
        this.registry = registry;
    }

    /**
     * An entry that is recorded as about to be mounted, and its target.
     *
     * @param target held
     * @param ours whether to close it
     */
    record Intent(EntryRecord entry, Located target, boolean ours) implements AutoCloseable {
        @Override
        public void close() {
            if (ours) {
                target.close();
            }
        }
    }

    /**
     * Makes the target if it is not there and records the entry; both or nothing.
     *
     * @return empty if the target was there, and was removed since the plan was made
     */
    Optional<Intent> intend(LiveSession session, Plan plan, MountSpace space) throws FroggrException {
        synchronized (ONE_AT_A_TIME) {
            if (plan.target().isEmpty()) {
                return Optional.of(intendMade(session, plan, space));
            }
            Located target = plan.target().get();
            return isStillThere(target, space) ? Optional.of(intendThere(session, plan, target)) : Optional.empty();
        }
    }

    private static boolean isStillThere(Located target, MountSpace space) {
        try (Located now = Located.open(space, target.path())) {
            return now.stat().sameFile(target.stat());
        } catch (ErrnoException e) {
            return false;
        }
    }

    private Intent intendThere(LiveSession session, Plan plan, Located target) throws FroggrException {
        EntryRecord entry = plan.entry(target.path(), madeForOthers(target.path()), Instant.now());
        record(session, entry);
        return new Intent(entry, target, false);
    }

    private Intent intendMade(LiveSession session, Plan plan, MountSpace space) throws FroggrException {
        TargetMaker maker = new TargetMaker(space);
        int umask = Umask.of(plan.request().caller().pid());
        TargetMaker.Made made = maker.make(plan.targetPath(), plan.makesDirectory(), umask);
        BytePath path = made.target().path();
        try {
            EntryRecord entry = plan.entry(path, made.components() + madeAbove(path, made.components()), Instant.now());
            record(session, entry);
            return new Intent(entry, made.target(), true);
        } catch (FroggrException | RuntimeException e) {
            made.target().close();
            maker.remove(path, made.components());
            throw e;
        }
    }

    private int madeAbove(BytePath path, int made) {
        return made == 0 ? madeForOthers(path) : madeForOthers(up(path, made));
    }

    /** How many of the last components were made for entries that are still there: the last of all removes them. */
    private int madeForOthers(BytePath path) {
        int count = 0;
        for (BytePath above = path; wasMade(above); above = above.parent()) {
            count++;
        }
        return count;
    }

    private boolean wasMade(BytePath path) {
        return registry.all().stream()
                .flatMap(session -> session.record().entries().stream())
                .anyMatch(entry -> entry.made() > 0
                        && entry.target().startsWith(path)
                        && path.startsWith(up(entry.target(), entry.made() - 1)));
    }

    private static BytePath up(BytePath path, int steps) {
        BytePath above = path;
        for (int i = 0; i < steps; i++) {
            above = above.parent();
        }
        return above;
    }

    private static void record(LiveSession session, EntryRecord entry) throws FroggrException {
        try {
            session.ledger().update(r -> r.withEntries(Entries.plus(r.entries(), entry)), false);
        } catch (ErrnoException e) {
            throw session.unwritable(e);
        }
    }

    /**
     * Removes entries that are not mounted any more from the record, and what was made for them. If the
     * platform dies in between, they are found {@linkplain EntryRecord.Stage#INTENDED intended}, and undone.
     */
    void remove(LiveSession session, Collection<EntryRecord> gone) {
        if (gone.stream().allMatch(entry -> entry.made() == 0)) {
            session.ledger().updateAnyway(r -> r.withEntries(Entries.minus(r.entries(), gone)));
            return;
        }
        Collection<EntryRecord> halfDone = gone.stream().map(EntryRecord::intended).toList();
        session.ledger().updateAnyway(r -> r.withEntries(Entries.replace(r.entries(), gone, EntryRecord::intended)));
        synchronized (ONE_AT_A_TIME) {
            for (EntryRecord entry : gone) {
                if (!isUsedByOthers(entry, halfDone)) {
                    new TargetMaker(session.reachableSpace()).remove(entry.target(), entry.made());
                }
            }
            session.ledger().updateAnyway(r -> r.withEntries(Entries.minus(r.entries(), halfDone)));
        }
    }

    private boolean isUsedByOthers(EntryRecord entry, Collection<EntryRecord> gone) {
        return registry.all().stream()
                .flatMap(session -> session.record().entries().stream())
                .anyMatch(other -> !gone.contains(other) && other.targetText().equals(entry.targetText()));
    }
}
