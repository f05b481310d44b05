package org.froggr.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.SessionState;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Carries out {@code mount} and {@code bind}: everything is looked up and checked first, then changed
 * step by step, and each step is taken back if a later one fails.
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
    private final Placement placement;
    private final MadeTargets madeTargets;
    private final KeyLocks targets;

    Attacher(ManagerContext context, SessionMaker maker, KeyLocks targets) {
        this.context = context;
        this.callers = new Callers(context);
        this.maker = maker;
        this.placement = new Placement(context);
        this.madeTargets = new MadeTargets(context.registry());
        this.targets = targets;
    }

    /** A session that others end at this very moment is no reason to fail, unless it was asked for by name. */
    Change attach(NamespaceRequest request) throws FroggrException {
        Optional<LiveSession> named = callers.session(request.session(), request.caller());
        SessionMode mode = mode(request, named);
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Attempt result = tryToAttach(request, named, mode);
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
        BytePath key;
        try (Plan plan = Plan.of(request, space)) {
            key = plan.targetPath();
        }
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
        check(plan, space, owner, mode);
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
        List<EntryRecord> stack = stack(session, plan.targetPath());
        if (stack.isEmpty() || !plan.isFulfilledBy(stack.get(0))) {
            return Optional.empty();
        }
        return Optional.of(new Results.ChangeResult(session.info(), false, List.copyOf(stack), plan.notes()));
    }

    /** The entries at a target, the visible one first. */
    static List<EntryRecord> stack(LiveSession session, BytePath target) {
        List<EntryRecord> stack = new ArrayList<>();
        for (EntryRecord entry : session.record().entries()) {
            if (entry.targetText().equals(target.toString())) {
                stack.add(0, entry);
            }
        }
        return stack;
    }

    /** All that can be refused before anything is changed. */
    private void check(Plan plan, MountSpace space, Optional<LiveSession> owner, SessionMode mode)
            throws FroggrException {
        Optional<Located> target = plan.target();
        if (plan.source().isPresent()) {
            Loops.check(space, plan.source().get(), plan.targetPath(), target, plan.request().recursive());
        }
        placement.presenterOf(plan.order()).close();
        placement.backendOf(plan.entry(plan.targetPath(), 0, Instant.now())).close();
        boolean mountRoot = target.isPresent() && target.get().stat().isMountRoot();
        if (mountRoot && !plan.request().force() && !isOurs(owner, plan.targetPath(), target.get())
                && !isCopyOfOurs(plan.targetPath(), mode)) {
            throw FroggrException.of(
                            Fault.FOREIGN_MOUNT,
                            "the target " + plan.targetPath().quoted() + " is a mount that Froggr did not make")
                    .about(plan.targetPath())
                    .hint("another target, or --force to mount over it");
        }
        if (mode == SessionMode.SHARED) {
            Capabilities.requireMount();
        }
    }

    private static boolean isOurs(Optional<LiveSession> owner, BytePath target, Located located) {
        return owner.isPresent()
                && stack(owner.get(), target).stream().anyMatch(e -> e.mount() == located.stat().mountId());
    }

    /** A private namespace began as a copy of the platform's, with what shared sessions had mounted there. */
    private boolean isCopyOfOurs(BytePath target, SessionMode mode) {
        return mode == SessionMode.PRIVATE
                && context.registry().ofTarget(target).anyMatch(s -> s.record().mode() == SessionMode.SHARED);
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
            requireUsable(session);
            Optional<Change> change = change(session, plan);
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

    /**
     * What was held so far is in the platform's namespace, and a private session has its own; which one
     * that is, is certain only under its lock.
     */
    private Optional<Change> change(LiveSession session, Plan plan) throws FroggrException {
        if (session.record().mode() == SessionMode.SHARED) {
            return add(session, plan, context.ownSpace()).map(entry -> changed(session, entry, plan));
        }
        MountSpace space = session.space();
        try (Plan inside = Plan.of(plan.request(), space)) {
            check(inside, space, Optional.of(session), SessionMode.PRIVATE);
            return add(session, inside, space).map(entry -> changed(session, entry, inside));
        }
    }

    static void requireUsable(LiveSession session) throws FroggrException {
        SessionState state = session.record().state();
        if (session.hasEnded() || state != SessionState.ACTIVE) {
            throw FroggrException.of(
                            state == SessionState.FAILED ? Fault.UNAVAILABLE : Fault.TRY_AGAIN,
                            "the session " + session.label() + " is " + (session.hasEnded() ? "gone" : state))
                    .hint("frg session " + session.id());
        }
        int limit = session.record().limits().mounts();
        if (session.record().entries().size() >= limit) {
            throw FroggrException.of(
                            Fault.LIMIT,
                            "the session " + session.label() + " has " + session.record().entries().size()
                                    + " mounts and binds, the limit is " + limit)
                    .hint("frg unmount of those no longer needed, or another session (-s)");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted before anything was changed");
        }
    }

    /**
     * Steps: make the target, record the intent, mount, record the mount. Each undoes those before it.
     *
     * @return empty if the target has just been removed
     */
    private Optional<EntryRecord> add(LiveSession session, Plan plan, MountSpace space) throws FroggrException {
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
            session.update(r -> r.withEntries(Entries.replace(r.entries(), intended, mounted)), false);
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
        List<NamespaceEntry> stack = List.copyOf(stack(session, entry.target()));
        return new Results.ChangeResult(session.info(), true, stack, plan.notes());
    }
}
