package org.froggr.session.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.session.internal.store.EntryRecord;

/** Looks, whenever a mount table changes, whether a session's mount was undone behind Froggr's back. */
final class MountObserver {
    private final ManagerContext context;
    private final Supervisor supervisor;
    private final Placement placement;

    MountObserver(ManagerContext context, Supervisor supervisor) {
        this.context = context;
        this.supervisor = supervisor;
        this.placement = new Placement(context);
    }

    /** The platform's own table changed: all shared sessions are concerned. */
    void ownTableChanged() {
        try {
            MountCheck mounts = new MountCheck(context.ownSpace());
            context.registry().all().stream()
                    .filter(s -> s.record().mode() == SessionMode.SHARED)
                    .filter(s -> !mounts.seemsWhole(s.record().entries()))
                    .forEach(this::lookCloser);
        } catch (ErrnoException e) {
            context.log().warn("the mount table cannot be read: {}", e.getMessage());
        }
    }

    /** The table of a private session changed. */
    void privateTableChanged(LiveSession session) {
        lookCloser(session);
    }

    /** One session that is locked for long must not keep the watch's thread from the others. */
    private void lookCloser(LiveSession session) {
        if (session.lock().tryLock()) {
            try {
                lookUnderLock(session);
            } finally {
                session.lock().unlock();
            }
        } else {
            supervisor.later(() -> lookUnderLock(session), session);
        }
    }

    /** Under the lock, since a verb of ours may be what changed it, and with a table read under it. */
    private void lookUnderLock(LiveSession session) {
        try {
            SessionState state = session.record().state();
            if (!session.hasEnded() && (state == SessionState.ACTIVE || state == SessionState.FAILED)) {
                compare(session);
            }
        } catch (ErrnoException | FroggrException e) {
            context.log().debug("session {}: {}", session.id(), e.getMessage());
        }
    }

    private void compare(LiveSession session) throws ErrnoException, FroggrException {
        MountCheck mounts = new MountCheck(session.space());
        session.ledger().forgetGoneSubmounts(mounts);
        List<EntryRecord> before = session.record().entries();
        List<EntryRecord> after = mounts.check(before);
        for (int i = 0; i < before.size(); i++) {
            noticeMove(session, before.get(i), mounts);
        }
        if (after.equals(before)) {
            return;
        }
        List<EntryRecord> gone = before.stream().filter(e -> e.present() && !after.contains(e)).toList();
        gone.forEach(entry -> placement.giveBack(session, entry));
        session.ledger().updateAnyway(r -> r.withEntries(after));
        ServedPlacement.forgetLost(session);
        String names = String.join(", ", gone.stream().map(e -> e.target().quoted()).toList());
        supervisor.mountLost(session, "unmounted from outside: " + names);
    }

    private void noticeMove(LiveSession session, EntryRecord entry, MountCheck mounts) {
        Optional<BytePath> now = entry.present() ? mounts.movedTo(entry) : Optional.empty();
        if (now.isPresent() && session.firstNoticeOfMove(entry.mount(), now.get())) {
            session.ledger().remember(
                    "moved", List.of(entry.targetText(), now.get().toString()), "seen in the mount table",
                    Duration.ZERO);
        }
    }
}
