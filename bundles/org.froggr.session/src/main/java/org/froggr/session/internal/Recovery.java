package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Ending;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Inheritance;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;

/** Does what a policy decided. The caller holds the session's lock and has moved it to RECOVERING. */
final class Recovery {
    private final ManagerContext context;
    private final Anchoring anchoring;
    private final Terminator terminator;
    private final Placement placement;

    Recovery(ManagerContext context, Anchoring anchoring, Terminator terminator) {
        this.context = context;
        this.anchoring = anchoring;
        this.terminator = terminator;
        this.placement = new Placement(context);
    }

    /** Returns what was done, as a person reads it. */
    String apply(LiveSession session, Incident.Kind kind, Decision decision) throws FroggrException, ErrnoException {
        return switch (decision) {
            case RESUME -> resume(session, kind);
            case REMOUNT -> remount(session);
            case CLEAN_UP -> cleanUp(session);
            case QUARANTINE -> quarantine(session);
        };
    }

    private String quarantine(LiveSession session) {
        letGo(session);
        return "nothing was touched; frg session -k " + session.id() + " ends it";
    }

    /** What is open of a process that died keeps its namespace alive, in which nobody can do anything any more. */
    void letGo(LiveSession session) {
        if (!session.hasLivingProcess()) {
            anchoring.release(session);
            if (session.record().mode() == SessionMode.PRIVATE) {
                session.record().entries().forEach(entry -> placement.giveBack(session, entry));
                session.ledger().updateAnyway(
                        r -> r.withEntries(r.entries().stream().map(EntryRecord::lost).toList()));
            }
        }
    }

    private String resume(LiveSession session, Incident.Kind kind) throws FroggrException, ErrnoException {
        if (kind == Incident.Kind.MOUNT_LOST) {
            return "the entry stays listed as gone";
        }
        NewProcess made = newProcess(session);
        if (!made.sameNamespace()) {
            return made + ", its namespace made anew: " + placeAll(session);
        }
        String revived = revived(session, made + ", the same mounts");
        markLost(session);
        return revived;
    }

    /** What works is not taken from who uses it: only what is gone is mounted again. */
    private String remount(LiveSession session) throws FroggrException, ErrnoException {
        boolean kept = session.hasLivingProcess() && session.record().mode() == SessionMode.SHARED;
        // A private namespace whose mounts were lost is made anew with a new process.
        String process = kept
                ? "process " + session.record().pid() + " kept"
                : newProcess(session).toString();
        if (session.record().mode() == SessionMode.SHARED || session.anchor().isPresent()) {
            markLost(session);
        }
        return process + ", mounted again: " + placeAll(session);
    }

    private String cleanUp(LiveSession session) throws FroggrException {
        Ending ending = terminator.end(session, UnmountMode.LAZY);
        if (ending.obstacle().isPresent()) {
            throw ending.obstacle().get();
        }
        return "unmounted and removed";
    }

    /** What was presented by a platform that has ended is presented again. */
    private String revived(LiveSession session, String process) throws FroggrException {
        Revival revival = new Revival(context, session);
        if (revival.orphans().isEmpty()) {
            return process;
        }
        revival.clear();
        List<String> failures = revival.present();
        return process + ", presented again" + (failures.isEmpty() ? "" : "; " + String.join("; ", failures));
    }

    /** @param sameNamespace whether it is where the mounts are that the one before had */
    private record NewProcess(long pid, long before, boolean sameNamespace) {
        @Override
        public String toString() {
            return "process " + pid + " instead of " + before;
        }
    }

    private NewProcess newProcess(LiveSession session) throws FroggrException, ErrnoException {
        long before = session.record().pid();
        boolean isPrivate = session.record().mode() == SessionMode.PRIVATE;
        Optional<OwnedFd> namespace = namespace(session);
        try {
            boolean same = !isPrivate || namespace.isPresent();
            OptionalInt device = same ? session.served().device() : OptionalInt.empty();
            anchoring.end(session);
            if (!same) {
                letGo(session);
                session.served().close();
            }
            anchoring.start(
                    session,
                    new Inheritance(device, same ? session.store() : OptionalInt.empty(), namespace.map(n -> OptionalInt.of(n.number())).orElse(OptionalInt.empty())));
            return new NewProcess(session.record().pid(), before, same);
        } finally {
            if (namespace.isPresent()) {
                namespace.get().close();
            }
        }
    }

    /** The namespace of a private session, if another process can be started there. */
    private static Optional<OwnedFd> namespace(LiveSession session) throws ErrnoException {
        OptionalInt held = session.anchor().map(Anchor::enterableNamespace).orElse(OptionalInt.empty());
        return held.isPresent() ? Optional.of(OwnedFd.of(Fd.dup(held.getAsInt()))) : Optional.empty();
    }

    private static void change(LiveSession session, EntryRecord from, EntryRecord to) {
        session.ledger().updateAnyway(r -> r.withEntries(Entries.replace(r.entries(), from, to)));
    }

    /**
     * Mounts every entry anew that is not there; those that cannot be are listed as gone. Each is recorded
     * at once: should the platform die in between, the next one knows which there are.
     */
    private String placeAll(LiveSession session) {
        List<String> failures = new ArrayList<>();
        for (EntryRecord entry : List.copyOf(session.record().entries())) {
            if (!entry.present() && !entry.reported()) {
                change(session, entry, placeOne(session, entry, failures));
            }
        }
        List<EntryRecord> all = session.record().entries();
        String summary = all.stream().filter(EntryRecord::present).count() + " of " + all.size();
        return failures.isEmpty() ? summary : summary + "; " + String.join("; ", failures);
    }

    private EntryRecord placeOne(LiveSession session, EntryRecord entry, List<String> failures) {
        try {
            return placement.placeAgain(session, entry.intended());
        } catch (FroggrException e) {
            failures.add(e.getMessage());
            return entry.lost();
        }
    }

    /** Of shared mounts those that survived stay; the others are listed as gone. */
    private void markLost(LiveSession session) throws ErrnoException, FroggrException {
        List<EntryRecord> checked = new MountCheck(session.space()).check(session.record().entries());
        if (!checked.equals(session.record().entries())) {
            session.ledger().updateAnyway(r -> r.withEntries(checked));
        }
    }
}
