package org.froggr.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.MountSpace;

/** Mounts that were made by other means, and that a session is told of. */
final class Reports {
    private Reports() {}

    /** Takes over the mount that is visible at the target. */
    static void add(Registry registry, LiveSession session, EntryKind kind, String source, BytePath target)
            throws FroggrException {
        session.lock().lock();
        long start = System.nanoTime();
        List<String> arguments = List.of(source, target.toString());
        try {
            Refusals.requireUsable(session);
            requireAbsolute(target);
            EntryRecord entry = look(session.space(), kind, source, target);
            boolean known = session.record().entries().stream().anyMatch(e -> e.mount() == entry.mount());
            if (!known) {
                requireFree(registry, session, entry);
                session.ledger().update(r -> r.withEntries(Entries.plus(r.entries(), entry)), true);
                Histories.ok(session, "report", arguments, start);
            }
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the mount on " + target.quoted() + " cannot be recorded").about(target);
        } finally {
            session.lock().unlock();
        }
    }

    /** Two sessions with one mount would undo it under each other. */
    private static void requireFree(Registry registry, LiveSession session, EntryRecord entry) throws FroggrException {
        Optional<LiveSession> owner = registry.ofTarget(entry.target())
                .filter(other -> other != session)
                .filter(other -> other.record().entries().stream().anyMatch(e -> e.mount() == entry.mount()))
                .findFirst();
        if (owner.isPresent()) {
            throw FroggrException.of(
                            Fault.BUSY,
                            "the mount on " + entry.target().quoted() + " belongs to session " + owner.get().label())
                    .about(entry.target())
                    .hint("frg session " + owner.get().id());
        }
    }

    private static void requireAbsolute(BytePath target) throws FroggrException {
        if (!target.isAbsolute() && !target.isEmpty()) {
            throw FroggrException.of(Fault.USAGE, "the target " + target.quoted() + " is no absolute path")
                    .about(target)
                    .hint("the whole path, from / on");
        }
    }

    private static EntryRecord look(MountSpace space, EntryKind kind, String source, BytePath target)
            throws FroggrException {
        try (Located mount = new Lookup(space).target(target)) {
            if (!mount.stat().isMountRoot()) {
                throw FroggrException.of(Fault.NOT_MOUNTED, "nothing is mounted on " + target.quoted()).about(target);
            }
            long id = mount.stat().mountId();
            return new EntryRecord(
                    kind, source, mount.path().toString(), BindOrder.REPLACE, false, false, List.of(),
                    MountBackend.LOCAL, Plan.KERNEL_TYPE, "", 0, id, Placement.uniqueId(space, mount.path(), id), 0, 0,
                    null, EntryRecord.Stage.PRESENT, true, Instant.now());
        }
    }
}
