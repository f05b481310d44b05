package org.froggr.session.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionState;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.tree.FileTree;

/**
 * Goes on answering for the file systems of sessions that an earlier platform answered for, with nothing
 * unmounted in between: programs that use them only wait. What cannot be gone on with is left for
 * {@link Revival}.
 *
 * <p>Order matters: until all sessions are answered for, nobody may look up a path, which could lead through one
 * of them. So trees come from clones in the sessions' directories and from other unions, not from paths.
 */
final class TakeOver {
    private final ManagerContext context;
    private final Supervisor supervisor;
    private final Optional<Predecessor> predecessor;

    /** @param predecessor the platform before, if it did not end in order */
    TakeOver(ManagerContext context, Supervisor supervisor, Optional<Predecessor> predecessor) {
        this.context = context;
        this.supervisor = supervisor;
        this.predecessor = predecessor;
    }

    /** A union that is not made again yet. */
    private record Pending(LiveSession session, HeadRecord head) {}

    /**
     * Takes over all sessions that have a process and were presented, those first that programs wait for; returns when
     * they are answered for.
     */
    void perform(List<LiveSession> sessions, ExecutorService workers) throws InterruptedException {
        List<LiveSession> living =
                sessions.stream().filter(s -> s.anchor().isPresent()).toList();
        List<Pending> pending = new ArrayList<>();
        List<LiveSession> begun = new ArrayList<>();
        for (List<LiveSession> part : Urgency.order(living, context.ownSpace())) {
            for (LiveSession session : part) {
                List<HeadRecord> heads = begin(session);
                if (!heads.isEmpty()) {
                    begun.add(session);
                    heads.forEach(head -> pending.add(new Pending(session, head)));
                }
            }
            // Unions of unions come after those that they are made of
            while (restoreSome(pending)) {}
            Set<LiveSession> incomplete = pending.stream().map(Pending::session).collect(Collectors.toSet());
            resumeAll(begun.stream().filter(s -> !incomplete.contains(s)).toList(), workers);
            begun.retainAll(incomplete);
        }
        pending.forEach(left -> say(left.session(), "union " + left.head().number() + " is made of another that is gone"));
        resumeAll(begun, workers);
    }

    private void resumeAll(List<LiveSession> sessions, ExecutorService workers) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (LiveSession session : sessions) {
            tasks.add(() -> {
                resume(session);
                return null;
            });
        }
        for (Future<Void> result : workers.invokeAll(tasks)) {
            report(result);
        }
    }

    private void say(LiveSession session, String what) {
        context.log().warn("session {} is not taken over as it was: {}", session.id(), what);
    }

    private void report(Future<Void> result) throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException e) {
            context.log().error("a session could not be taken over", e.getCause());
        }
    }

    /** @return the unions that were written down, empty if there is nothing to go on with */
    private List<HeadRecord> begin(LiveSession session) throws InterruptedException {
        session.lock().lock();
        try {
            Optional<List<HeadRecord>> heads = session.files().loadUnions();
            if (heads.isEmpty() || heads.get().isEmpty() || !session.served().isMounted() || !isWanted(session)) {
                return List.of();
            }
            session.served().adopt();
            return heads.get();
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            say(session, e.getMessage());
            return List.of();
        } finally {
            session.lock().unlock();
        }
    }

    /** Whether the session's policy wants to go on. If it wants its hands off, who uses the trees is told so. */
    private boolean isWanted(LiveSession session) throws ErrnoException {
        if (predecessor.isEmpty()) {
            return true;
        }
        IncidentRecord incident = predecessor.get().incident(session.id());
        Decision decision = supervisor.platformEnded(session, incident);
        if (decision != Decision.RESUME) {
            record(session, incident, decision.name().toLowerCase(Locale.ROOT) + " by the recovery policy "
                    + session.record().recovery());
        }
        if (decision == Decision.QUARANTINE) {
            session.ledger().updateAnyway(r -> r.in(SessionState.FAILED));
            new PostMortem(session).write(incident.detail() + "; quarantine");
            session.served().abort();
        }
        return decision == Decision.RESUME;
    }

    private void record(LiveSession session, IncidentRecord incident, String action) {
        session.ledger().addIncident(new IncidentRecord(
                incident.session(), incident.kind(), incident.at(), incident.detail(), action));
        session.ledger()
                .remember("incident", List.of(incident.kind().name(), incident.detail(), action), "ok", Duration.ZERO);
    }

    /** Tries all; returns whether it is of use to try again. */
    private boolean restoreSome(List<Pending> pending) {
        boolean some = false;
        for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
            Pending next = all.next();
            try {
                if (restore(next.session(), next.head())) {
                    all.remove();
                    some = true;
                }
            } catch (ErrnoException | FroggrException | RuntimeException e) {
                all.remove();
                say(next.session(), "union " + next.head().number() + ": " + e.getMessage());
            }
        }
        return some && !pending.isEmpty();
    }

    private boolean restore(LiveSession session, HeadRecord head) throws ErrnoException, FroggrException {
        session.lock().lock();
        try {
            long mount = session.record().entries().stream()
                    .filter(e -> e.head() == head.number())
                    .mapToLong(EntryRecord::mount)
                    .findFirst()
                    .orElse(0);
            return session.served().restore(head, mount, (of, member, kept) -> tree(session, of, member, kept));
        } finally {
            session.lock().unlock();
        }
    }

    private FileTree tree(LiveSession session, HeadRecord head, HeadRecord.Member member, Optional<OwnedFd> kept)
            throws ErrnoException, FroggrException {
        Optional<EntryRecord> entry = session.record().entries().stream()
                .filter(e -> e.head() == head.number() && e.member() == member.number())
                .findFirst();
        if (entry.isPresent()) {
            return new Placement(context).treeAgain(session, entry.get(), member, kept);
        }
        // It was about to be added, or just removed: it goes when the entries are looked through.
        SessionSurroundings around = new SessionSurroundings(context, session);
        if (member.own() != null) {
            return ServedTrees.served(around.own(member.own()).orElseThrow());
        }
        OwnedFd directory = kept.orElseThrow(() -> FroggrException.of(
                Fault.IO_ERROR, "nothing was kept for " + member.label()));
        return ServedTrees.served(around.local(directory.number(), session.directory()));
    }

    private void resume(LiveSession session) throws InterruptedException {
        session.lock().lock();
        try {
            List<String> losses = session.served().resume();
            losses.forEach(loss -> say(session, loss));
            String what = losses.isEmpty() ? "taken over" : "taken over, but " + String.join("; ", losses);
            if (predecessor.isPresent()) {
                Predecessor before = predecessor.get();
                String pause = " after " + before.pause().toMillis() + " ms";
                record(session, before.incident(session.id()), what + pause);
            } else {
                session.ledger().remember("take-over", List.of(), losses.isEmpty() ? "ok" : what, Duration.ZERO);
            }
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            say(session, e.getMessage());
            session.served().abandon();
        } finally {
            session.lock().unlock();
        }
    }
}
