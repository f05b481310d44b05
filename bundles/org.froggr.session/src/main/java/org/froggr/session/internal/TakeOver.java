package org.froggr.session.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionState;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.checks.FuseConnections;
import org.froggr.session.internal.served.Mounted;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.presentation.MountSpace;
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
    private final Collection<Done> done = new ConcurrentLinkedQueue<>();

    /** @param predecessor the platform before, if it did not end in order */
    TakeOver(ManagerContext context, Supervisor supervisor, Optional<Predecessor> predecessor) {
        this.context = context;
        this.supervisor = supervisor;
        this.predecessor = predecessor;
    }

    /** One that is being taken over, with the unions that are not made again yet. */
    private record Going(LiveSession session, Mounted mounted, List<HeadRecord> left) {}

    /** One that is answered for, and what is to be noted of it. */
    private record Done(LiveSession session, String what, boolean whole) {}

    /**
     * Takes over all sessions that have a process and were presented; returns when they are answered for. Those that
     * programs wait for come first, and nothing is written before all are.
     */
    void perform(List<LiveSession> sessions, ExecutorService workers) throws ErrnoException, InterruptedException {
        List<LiveSession> all = sessions.stream().filter(s -> s.anchor().isPresent()).toList();
        if (all.isEmpty()) {
            return;
        }
        Mounted own = Mounted.below(context.home().path(), context.ownSpace());
        List<Going> left = new ArrayList<>();
        each(awaitedFirst(all, own), session -> begin(session, own).ifPresent(going -> add(going, left)), workers);
        // Unions of unions come after those that they are made of
        while (restoreSome(left)) {}
        each(left, this::resumeRest, workers);
        each(List.copyOf(done), this::note, workers);
        done.clear();
    }

    private static List<LiveSession> awaitedFirst(List<LiveSession> sessions, Mounted own) {
        List<LiveSession> ordered = new ArrayList<>();
        List<LiveSession> idle = new ArrayList<>();
        sessions.forEach(session -> (isAwaited(session, own) ? ordered : idle).add(session));
        ordered.addAll(idle);
        return ordered;
    }

    /** Whether somebody may wait for an answer: as far as the kernel tells, and it tells nothing of private sessions. */
    private static boolean isAwaited(LiveSession session, Mounted own) {
        OptionalLong number = session.served().connection(own);
        return number.isEmpty() || FuseConnections.waiting(number.getAsLong()).orElse(1) > 0;
    }

    /** What may be done for several sessions at once. */
    private interface Work<T> {
        void perform(T subject) throws InterruptedException;
    }

    private <T> void each(List<T> subjects, Work<T> work, ExecutorService workers) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (T subject : subjects) {
            tasks.add(() -> {
                work.perform(subject);
                return null;
            });
        }
        for (Future<Void> result : workers.invokeAll(tasks)) {
            report(result);
        }
    }

    private static void add(Going going, List<Going> left) {
        synchronized (left) {
            left.add(going);
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

    /** Takes one over, unless it needs others: then what is left of it. */
    private Optional<Going> begin(LiveSession session, Mounted own) throws InterruptedException {
        session.lock().lock();
        try {
            List<HeadRecord> heads = session.files().loadUnions().orElse(List.of());
            if (heads.isEmpty()) {
                return Optional.empty();
            }
            Mounted mounted = session.space().access() == MountSpace.Access.OWN
                    ? own
                    : Mounted.below(session.directory(), session.space());
            if (!session.served().isIn(mounted) || !isWanted(session)) {
                return Optional.empty();
            }
            session.served().adopt(mounted);
            Going going = new Going(session, mounted, new ArrayList<>(heads));
            restoreSome(going);
            if (!going.left().isEmpty()) {
                return Optional.of(going);
            }
            resume(session);
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            say(session, e.getMessage());
        } finally {
            session.lock().unlock();
        }
        return Optional.empty();
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
    private boolean restoreSome(List<Going> all) {
        boolean some = false;
        for (Going going : all) {
            some |= restoreSome(going);
        }
        return some && all.stream().anyMatch(going -> !going.left().isEmpty());
    }

    private boolean restoreSome(Going going) {
        boolean some = false;
        for (Iterator<HeadRecord> heads = going.left().iterator(); heads.hasNext(); ) {
            HeadRecord next = heads.next();
            try {
                if (restore(going, next)) {
                    heads.remove();
                    some = true;
                }
            } catch (ErrnoException | FroggrException | RuntimeException e) {
                heads.remove();
                say(going.session(), "union " + next.number() + ": " + e.getMessage());
            }
        }
        return some;
    }

    private boolean restore(Going going, HeadRecord head) throws ErrnoException, FroggrException {
        LiveSession session = going.session();
        session.lock().lock();
        try {
            long mount = session.record().entries().stream()
                    .filter(e -> e.head() == head.number())
                    .mapToLong(EntryRecord::mount)
                    .findFirst()
                    .orElse(0);
            return session.served()
                    .restore(
                            head, mount, (of, member, kept) -> tree(session, of, member, kept), going.mounted());
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
        Attachment attachment = unreferenced(session, member, kept);
        session.attachments().put(EntryRecord.treeKey(head.number(), member.number()), new LiveSession.Holding(attachment, null));
        return ServedTrees.served(attachment);
    }

    private Attachment unreferenced(LiveSession session, HeadRecord.Member member, Optional<OwnedFd> kept)
            throws ErrnoException, FroggrException {
        SessionSurroundings around = new SessionSurroundings(context, session);
        if (member.own() != null) {
            return around.own(member.own()).orElseThrow();
        }
        OwnedFd directory = kept.orElseThrow(() -> FroggrException.of(
                Fault.IO_ERROR, "nothing was kept for " + member.label()));
        return around.local(directory.number(), session.directory());
    }

    private void resumeRest(Going going) throws InterruptedException {
        going.left().forEach(head -> say(going.session(), "union " + head.number() + " is made of another that is gone"));
        resume(going.session());
    }

    private void resume(LiveSession session) throws InterruptedException {
        session.lock().lock();
        try {
            List<String> losses = session.served().resume();
            losses.forEach(loss -> say(session, loss));
            String what = losses.isEmpty() ? "taken over" : "taken over, but " + String.join("; ", losses);
            String pause = predecessor.map(p -> " after " + p.pause().toMillis() + " ms").orElse("");
            done.add(new Done(session, what + pause, losses.isEmpty()));
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            say(session, e.getMessage());
            session.served().abandon();
        } finally {
            session.lock().unlock();
        }
    }

    private void note(Done done) {
        LiveSession session = done.session();
        session.lock().lock();
        try {
            if (predecessor.isPresent()) {
                record(session, predecessor.get().incident(session.id()), done.what());
            } else {
                session.ledger().remember("take-over", List.of(), done.whole() ? "ok" : done.what(), Duration.ZERO);
            }
        } finally {
            session.lock().unlock();
        }
    }
}
