package org.froggr.session.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Carries out {@code mount} and {@code bind}: looks everything up, finds or makes the session, has it
 * checked, then changed, and begins again if others came in between.
 */
final class Attacher {
    private static final int ATTEMPTS = 100;
    /** How long a session is waited for with its target held, which keeps the mounts there in use. */
    private static final long HOLDING_MILLIS = 50;
    /** How long it is waited for without. */
    private static final long PATIENCE_MILLIS = 300;

    private final ManagerContext context;
    private final Callers callers;
    private final SessionMaker maker;
    private final Refusals refusals;
    private final Addition addition;
    private final KeyLocks targets;

    Attacher(ManagerContext context, SessionMaker maker, KeyLocks targets) {
        this.context = context;
        this.callers = new Callers(context);
        this.maker = maker;
        this.refusals = new Refusals(context);
        this.addition = new Addition(context, refusals);
        this.targets = targets;
    }

    /** A session that others end at this very moment is no reason to fail, unless it was asked for by name. */
    Change attach(NamespaceRequest request) throws FroggrException {
        Optional<LiveSession> named = callers.session(request.session(), request.caller());
        SessionMode mode = mode(request, named);
        NamespaceRequest possible = Unprivileged.served(request, mode, callers.space(named));
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Attempt result = tryToAttach(possible, named, mode);
            if (result.change != null) {
                return result.change;
            }
            if (result.busy != null && tryLock(result.busy, PATIENCE_MILLIS)) {
                result.busy.lock().unlock();
            }
        }
        throw FroggrException.of(
                        Fault.TRY_AGAIN,
                        "the target " + request.target().quoted() + " or its session was changed by others all the time")
                .about(request.target())
                .hint("the same again");
    }

    /**
     * How an attempt went.
     *
     * @param change what was done; null if target or session became another one meanwhile, or were busy
     * @param busy the session that others are at work on, or null
     */
    private record Attempt(Change change, LiveSession busy) {
        static final Attempt STALE = new Attempt(null, null);

        static Attempt done(Change change) {
            return new Attempt(change, null);
        }
    }

    private static boolean tryLock(LiveSession session, long millis) throws FroggrException {
        try {
            return session.lock().tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted before anything was changed");
        }
    }

    private Attempt tryToAttach(NamespaceRequest request, Optional<LiveSession> named, SessionMode mode)
            throws FroggrException {
        MountSpace space = callers.space(named);
        // The lookup before the lock only tells which lock; all is looked up again under it.
        BytePath key = Plan.targetPath(request, space);
        return targets.holding(key, () -> {
            try (Plan plan = Plan.of(request, space)) {
                return plan.targetPath().equals(key) ? attach(plan, space, named, mode) : Attempt.STALE;
            }
        });
    }

    private static SessionMode mode(NamespaceRequest request, Optional<LiveSession> named) throws FroggrException {
        if (named.isEmpty()) {
            return request.inPrivate() ? SessionMode.PRIVATE : SessionMode.SHARED;
        }
        SessionMode mode = named.get().record().mode();
        if (request.inPrivate() && mode == SessionMode.SHARED) {
            throw FroggrException.of(Fault.USAGE, "--private does not go with the shared session " + named.get().label())
                    .hint("without -s, or without --private");
        }
        return mode;
    }

    private Attempt attach(Plan plan, MountSpace space, Optional<LiveSession> named, SessionMode mode)
            throws FroggrException {
        Optional<LiveSession> owner = owner(plan.targetPath(), mode, named);
        Optional<Change> fulfilled = owner.flatMap(session -> fulfilled(session, plan));
        if (fulfilled.isPresent()) {
            return Attempt.done(fulfilled.get());
        }
        refusals.check(plan, space, owner, mode);
        Optional<LiveSession> existing = named.or(() -> owner)
                .or(() -> context.registry().ofRoot(plan.targetPath(), mode));
        if (existing.isPresent()) {
            return perform(existing.get(), plan, named.isPresent());
        }
        return inNewSession(plan, mode);
    }

    /** The session whose entry is at the target now. */
    private Optional<LiveSession> owner(BytePath target, SessionMode mode, Optional<LiveSession> named)
            throws FroggrException {
        if (mode == SessionMode.PRIVATE && named.isPresent()) {
            return named.filter(s -> s.hasEntryAt(target));
        }
        Optional<LiveSession> owner = context.registry()
                .ofTarget(target)
                .filter(s -> s.record().mode() == mode)
                .findFirst();
        if (owner.isPresent() && named.isPresent() && owner.get() != named.get()) {
            throw FroggrException.of(
                            Fault.BUSY,
                            "the target " + target.quoted() + " belongs to session " + owner.get().label())
                    .about(target)
                    .hint("-s " + owner.get().id() + ", or frg unmount " + target.quoted() + " first");
        }
        return owner;
    }

    private static Optional<Change> fulfilled(LiveSession session, Plan plan) {
        List<EntryRecord> stack = Entries.at(plan.targetPath(), session.record().entries());
        if (stack.isEmpty() || stack.stream().noneMatch(e -> isVisible(e, stack) && plan.isFulfilledBy(e))) {
            return Optional.empty();
        }
        return Optional.of(new Results.ChangeResult(session.info(), false, List.copyOf(stack), plan.notes()));
    }

    /** The uppermost one, or with it in one union. */
    private static boolean isVisible(EntryRecord entry, List<EntryRecord> stack) {
        EntryRecord top = stack.get(0);
        return entry == top || entry.isServed() && entry.head() == top.head();
    }

    private Attempt inNewSession(Plan plan, SessionMode mode) throws FroggrException {
        SessionRequest request = new SessionRequest(
                Optional.empty(), Optional.of(plan.targetPath()), mode, Optional.empty(), plan.request().caller());
        LiveSession session = maker.make(request, plan.targetPath(), false);
        try {
            Attempt attempt = perform(session, plan, false);
            if (attempt.change == null) {
                maker.discardUnused(session);
            }
            return attempt;
        } catch (FroggrException | RuntimeException e) {
            maker.discardUnused(session);
            throw e;
        }
    }

    /**
     * Changes the namespace of one session.
     *
     * @param wanted whether it has to be this session
     * <p>Who ends the session has its lock, and waits for its mounts to be used no more: not by us either.
     */
    private Attempt perform(LiveSession session, Plan plan, boolean wanted) throws FroggrException {
        if (!tryLock(session, HOLDING_MILLIS)) {
            return new Attempt(null, session);
        }
        long start = System.nanoTime();
        List<String> arguments = List.of(plan.shownSource(), plan.targetPath().toString());
        String verb = plan.request().kind().name().toLowerCase(Locale.ROOT);
        try {
            if (session.hasEnded() && !wanted) {
                return Attempt.STALE;
            }
            Refusals.requireUsable(session);
            Optional<Change> change = addition.add(session, plan);
            if (change.isEmpty()) {
                return Attempt.STALE;
            }
            Histories.ok(session, verb, arguments, start);
            return Attempt.done(change.get());
        } catch (FroggrException e) {
            Histories.failed(session, verb, arguments, e, start);
            throw e;
        } finally {
            session.lock().unlock();
        }
    }
}
