package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Ending;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Holder;
import org.froggr.session.internal.process.Holders;
import org.froggr.session.internal.store.EntryRecord;

/**
 * Ends sessions. Steps: (1) move to TERMINATING, (2) unmount in reverse order, (3) end the process,
 * (4) remove the files, (5) forget. A failure up to step 2 leaves the session as it was; after that
 * nothing can fail that a person would have to mend.
 */
final class Terminator {
    private final ManagerContext context;
    private final Anchoring anchoring;

    Terminator(ManagerContext context, Anchoring anchoring) {
        this.context = context;
        this.anchoring = anchoring;
    }

    /** Ends one session; may be called with its lock held. */
    Ending end(LiveSession session, UnmountMode mode) {
        session.lock().lock();
        try {
            return session.hasEnded() ? gone(session, List.of()) : endLocked(session, mode);
        } finally {
            session.lock().unlock();
        }
    }

    private Ending endLocked(LiveSession session, UnmountMode mode) {
        SessionState before = session.record().state();
        long start = System.nanoTime();
        try {
            session.move(SessionState.TERMINATING);
            List<String> notes = undo(session, mode);
            session.served().close();
            if (session.record().mode() == SessionMode.SHARED) {
                new Leftovers(context, session).remove();
            }
            anchoring.end(session);
            removeTargetsOfPrivate(session);
            return close(session, notes);
        } catch (FroggrException e) {
            return stays(session, before, e, start);
        } catch (RuntimeException e) {
            context.log().error("session {} could not be ended", session.id(), e);
            return stays(session, before, broken(session, e), start);
        }
    }

    private static FroggrException broken(LiveSession session, RuntimeException e) {
        return FroggrException.of(Fault.INTERNAL, "the session " + session.label() + " could not be ended: " + e)
                .hint("frg session -k --force " + session.id())
                .causedBy(e);
    }

    private List<String> undo(LiveSession session, UnmountMode mode) throws FroggrException {
        if (session.record().mode() == SessionMode.PRIVATE) {
            requireEmpty(session, mode);
            // Its mounts go with the namespace, which goes with its last process.
            return List.of();
        }
        Removal removal = new Removal(context, session);
        removal.remove(session.record().entries(), mode);
        return removal.notes();
    }

    private static void requireEmpty(LiveSession session, UnmountMode mode) throws FroggrException {
        Anchor anchor = session.anchor().orElse(null);
        if (anchor == null || mode != UnmountMode.ORDERLY) {
            return;
        }
        List<Holder> inside = Holders.inNamespace(anchor.mountNamespace(), anchor.pid());
        if (!inside.isEmpty()) {
            throw Busy.namespace(session, inside);
        }
    }

    /** What {@code -c} made was made in the file system itself, and outlives the namespace. */
    private void removeTargetsOfPrivate(LiveSession session) {
        if (session.record().mode() == SessionMode.PRIVATE) {
            TargetMaker maker = new TargetMaker(context.ownSpace());
            List<EntryRecord> newestFirst = new ArrayList<>(session.record().entries());
            Collections.reverse(newestFirst);
            newestFirst.forEach(e -> maker.remove(e.target(), e.made()));
        }
    }

    private Ending close(LiveSession session, List<String> notes) {
        session.publishState();
        context.pipes().remove(session.id());
        Placement placement = new Placement(context);
        session.record().entries().forEach(entry -> placement.giveBack(session, entry));
        placement.giveBackUnreferenced(session);
        List<String> all = new ArrayList<>(notes);
        try {
            session.files().remove();
        } catch (ErrnoException e) {
            all.add("files stay in " + session.directory().quoted() + ": " + e.getMessage());
        }
        session.setEnded();
        context.registry().remove(session);
        return gone(session, all);
    }

    private static Ending gone(LiveSession session, List<String> notes) {
        return new Results.EndingResult(session.id(), true, Optional.empty(), notes);
    }

    private Ending stays(LiveSession session, SessionState before, FroggrException why, long start) {
        session.move(before == SessionState.FAILED ? SessionState.FAILED : SessionState.ACTIVE);
        Histories.failed(session, "kill", List.of(session.id().toString()), why, start);
        return new Results.EndingResult(session.id(), false, Optional.of(why), List.of());
    }
}
