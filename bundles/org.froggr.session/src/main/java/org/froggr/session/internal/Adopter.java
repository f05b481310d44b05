package org.froggr.session.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.session.internal.served.StaleMounts;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.Loaded;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;

/**
 * Takes over what an earlier platform left: each session directory becomes a session again, finishes
 * what was half done, or is left alone and reported.
 */
final class Adopter {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ManagerContext context;
    private final Anchoring anchoring;
    private final SessionMaker maker;
    private final Terminator terminator;
    private final Supervisor supervisor;
    private final Set<UUID> untouchable = ConcurrentHashMap.newKeySet();

    Adopter(
            ManagerContext context,
            Anchoring anchoring,
            SessionMaker maker,
            Terminator terminator,
            Supervisor supervisor) {
        this.context = context;
        this.anchoring = anchoring;
        this.maker = maker;
        this.terminator = terminator;
        this.supervisor = supervisor;
    }

    /** Sessions that a newer version wrote: neither they nor their processes may be touched. */
    Set<UUID> untouchable() {
        return untouchable;
    }

    /**
     * Adopts all there are, several at once; returns when that is done.
     *
     * <ol>
     *   <li>Read all records, and find the sessions' processes. No path outside of the home is looked up: it may
     *       lead through a mount that nobody answers.
     *   <li>Answer again for what an earlier platform presented.
     *   <li>Unmount what cannot be answered for.
     *   <li>Go on from the state that each session was left in.
     * </ol>
     */
    void adoptAll(ExecutorService workers) throws ErrnoException, InterruptedException {
        List<Callable<Optional<Adopted>>> loads = new ArrayList<>();
        for (UUID id : context.store().scan()) {
            loads.add(() -> load(context.store().open(id)));
        }
        List<Adopted> all = new ArrayList<>();
        for (Future<Optional<Adopted>> result : workers.invokeAll(loads)) {
            report(result).ifPresent(all::add);
        }
        new TakeOver(context, supervisor, context.predecessor()).perform(all.stream().map(Adopted::session).toList(), workers);
        StaleMounts.unmountAll(
                context.ownSpace(),
                all.stream()
                        .map(Adopted::session)
                        .filter(s -> !s.served().isServing() && s.record().state() != SessionState.FAILED)
                        .map(LiveSession::directory)
                        .collect(Collectors.toSet()),
                Map.of());
        MountCheck mounts = new MountCheck(context.ownSpace());
        List<Callable<Optional<Adopted>>> tasks = new ArrayList<>();
        for (Adopted adopted : all) {
            tasks.add(() -> {
                finish(adopted, mounts);
                return Optional.empty();
            });
        }
        for (Future<Optional<Adopted>> result : workers.invokeAll(tasks)) {
            report(result);
        }
    }

    /**
     * A session whose record was read and whose process was found, if it has one.
     *
     * @param madeAnew whether the record was put together from what else there is
     */
    private record Adopted(LiveSession session, boolean sameBoot, boolean madeAnew) {}

    /**
     * Adopts sessions whose directory appeared since: a platform that lost its home to a removal, and was
     * followed by this one, may have written its sessions again afterwards.
     */
    synchronized void adoptLate() throws ErrnoException {
        for (UUID id : unknown()) {
            try {
                context.log().warn("session {} appeared and is adopted", id);
                Optional<Adopted> adopted = load(context.store().open(id));
                if (adopted.isPresent()) {
                    finish(adopted.get(), new MountCheck(context.ownSpace()));
                }
            } catch (ErrnoException | FroggrException | RuntimeException e) {
                context.log().error("session {} could not be adopted and was left alone", id, e);
            }
        }
    }

    /** Directories of sessions that nobody knows. */
    List<UUID> unknown() throws ErrnoException {
        return context.store().scan().stream().filter(id -> !isKnown(id)).toList();
    }

    /** A session that is being made has a directory first and is known then; both happens under this lock. */
    private boolean isKnown(UUID id) {
        synchronized (context.registry()) {
            return context.registry().find(id).isPresent()
                    || untouchable.contains(id)
                    || !context.store().open(id).exists();
        }
    }

    private Optional<Adopted> report(Future<Optional<Adopted>> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            context.log().error("a session could not be adopted and was left alone", e.getCause());
            return Optional.empty();
        }
    }

    private Optional<Adopted> load(SessionDirectory directory) throws ErrnoException, FroggrException {
        Loaded loaded = directory.load();
        if (loaded instanceof Loaded.Newer newer) {
            untouchable.add(directory.id());
            context.log().warn(
                    "session {} was written by a newer version (layout {}) and is left alone",
                    directory.id(), newer.version());
            return Optional.empty();
        }
        Optional<SessionRecord> record = loaded.usable();
        if (loaded instanceof Loaded.Previous previous) {
            context.log().warn("session {}: the previous generation is used: {}", directory.id(), previous.reason());
            record = Optional.of(new Reconstruction(context).complete(directory, previous.session()));
        } else if (record.isEmpty()) {
            record = new Reconstruction(context).from(directory, loaded);
        }
        return record.isPresent()
                ? Optional.of(register(directory, record.get(), !(loaded instanceof Loaded.Current)))
                : Optional.empty();
    }

    private Adopted register(SessionDirectory directory, SessionRecord record, boolean madeAnew) throws ErrnoException {
        LiveSession session = new LiveSession(context, directory, record);
        session.lock().lock();
        try {
            context.registry().add(session);
            boolean sameBoot = record.bootId().equals(context.bootId());
            Optional<Anchor> anchor = sameBoot
                    ? context.launcher().adopt(record.id(), record.pid(), record.processStart(), record.mode())
                    : Optional.empty();
            if (anchor.isPresent()) {
                anchoring.watch(session, anchor.get());
            }
            return new Adopted(session, sameBoot, madeAnew);
        } finally {
            session.lock().unlock();
        }
    }

    private void finish(Adopted adopted, MountCheck mounts) throws ErrnoException, FroggrException {
        LiveSession session = adopted.session();
        session.lock().lock();
        try {
            session.files().ensurePipes();
            context.pipes().add(session.id(), session.files());
            // While entries were mounted again, the ids of their mounts were newer than the record.
            boolean rediscover = adopted.madeAnew() || session.record().state() == SessionState.RECOVERING;
            if (session.anchor().isPresent() && session.record().state() != SessionState.FAILED) {
                new Revival(context, session).clear();
            }
            proceed(session, adopted.sameBoot(), mounts, rediscover);
            if (!session.hasEnded() && session.anchor().isPresent() && session.record().state() == SessionState.ACTIVE) {
                new Leftovers(context, session).remove();
            }
        } finally {
            session.lock().unlock();
        }
    }

    /** Goes on from the state that the record was left in. */
    private void proceed(LiveSession session, boolean sameBoot, MountCheck mounts, boolean rediscover)
            throws ErrnoException, FroggrException {
        switch (session.record().state()) {
            case CREATING -> {
                maker.discard(session);
                endStrays(session.id());
            }
            case TERMINATING -> {
                boolean whole = reconcile(session, sameBoot, mounts, rediscover);
                session.ledger().update(r -> r.in(SessionState.ACTIVE), false);
                if (!terminator.end(session, UnmountMode.ORDERLY).gone()) {
                    raise(session, sameBoot, whole);
                }
            }
            case FAILED -> reconcile(session, sameBoot, mounts, rediscover);
            case ACTIVE, RECOVERING -> {
                session.ledger().update(r -> r.in(SessionState.ACTIVE), false);
                boolean whole = reconcile(session, sameBoot, mounts, rediscover);
                if (!endUnused(session)) {
                    raise(session, sameBoot, whole);
                }
            }
        }
    }

    /** A process that was started, and not recorded before the platform died. */
    private void endStrays(UUID id) throws ErrnoException {
        for (AnchorSweep.Stray stray : context.sweep().find(untouchable)) {
            if (stray.session().equals(id)) {
                context.sweep().terminate(stray, GRACE);
            }
        }
    }

    /** A session that mount or bind made: its first entry was never made, or its last one was removed. */
    private boolean endUnused(LiveSession session) {
        return !session.record().permanent()
                && session.record().entries().isEmpty()
                && terminator.end(session, UnmountMode.ORDERLY).gone();
    }

    private void raise(LiveSession session, boolean sameBoot, boolean whole) {
        if (!sameBoot) {
            supervisor.allLost(session, "lost at boot: the machine was restarted");
        } else if (session.anchor().isEmpty() && isAllGone(session)) {
            supervisor.allLost(session, "neither its process nor any of its mounts is there");
        } else if (session.anchor().isEmpty()) {
            supervisor.processDied(session);
        } else if (!whole) {
            supervisor.mountLost(session, "mounts were undone while no platform ran");
        } else {
            session.ledger().remember("adopt", List.of(), "ok", Duration.ZERO);
        }
    }

    /** A private session's mounts go with its process: that is no more than the process's death. */
    private static boolean isAllGone(LiveSession session) {
        List<EntryRecord> entries = session.record().entries();
        return session.record().mode() == SessionMode.SHARED
                && !entries.isEmpty()
                && entries.stream().noneMatch(EntryRecord::present);
    }

    /** Rolls back what was only intended and marks what is gone; false if something was. */
    private boolean reconcile(LiveSession session, boolean sameBoot, MountCheck ownMounts, boolean rediscover)
            throws ErrnoException, FroggrException {
        List<EntryRecord> entries = session.record().entries();
        if (entries.isEmpty()) {
            forgetUnreferenced(session);
            return true;
        }
        boolean reachable = session.record().mode() == SessionMode.SHARED || session.anchor().isPresent();
        if (!sameBoot || !reachable) {
            return mark(session, entries.stream().filter(e -> !isHalfDone(e)).map(EntryRecord::lost).toList());
        }
        MountCheck mounts =
                session.record().mode() == SessionMode.SHARED ? ownMounts : new MountCheck(session.space());
        List<EntryRecord> settled = new ArrayList<>();
        OwnMount own = new OwnMount(context.registry(), session.space());
        List<EntryRecord> orphans = new Revival(context, session).orphans();
        for (EntryRecord checked : mounts.check(entries, orphans)) {
            EntryRecord entry = rediscover && checked.stage() == EntryRecord.Stage.LOST ? own.rediscovered(checked) : checked;
            if (entry.stage() == EntryRecord.Stage.INTENDED) {
                new HalfDone(context, session).undo(entry);
            } else {
                settled.add(entry);
            }
        }
        boolean whole = mark(session, settled);
        session.ledger().forgetGoneSubmounts(mounts);
        forgetUnreferenced(session);
        return revive(session) && whole;
    }

    private void forgetUnreferenced(LiveSession session) throws ErrnoException {
        ServedPlacement.forgetUnreferenced(session);
        new Placement(context).giveBackUnreferenced(session);
    }

    /** Without a process, that is a part of the recovery. */
    private boolean revive(LiveSession session) throws FroggrException {
        if (session.anchor().isEmpty() || session.record().state() == SessionState.FAILED) {
            return true;
        }
        List<String> failures = new Revival(context, session).present();
        failures.forEach(f -> context.log().warn("session {}: {}", session.id(), f));
        return failures.isEmpty();
    }

    /** Its mount went with its namespace; what was made for it did not. */
    private boolean isHalfDone(EntryRecord entry) {
        if (entry.stage() == EntryRecord.Stage.INTENDED) {
            new TargetMaker(context.ownSpace()).remove(entry.target(), entry.made());
            return true;
        }
        return false;
    }

    private static boolean mark(LiveSession session, List<EntryRecord> settled) throws ErrnoException {
        boolean someLost = settled.stream().anyMatch(e -> e.stage() == EntryRecord.Stage.LOST);
        boolean newlyLost = someLost && session.record().entries().stream().anyMatch(e -> !settled.contains(e));
        if (!settled.equals(session.record().entries())) {
            session.ledger().update(r -> r.withEntries(settled), false);
        }
        return !newlyLost;
    }
}
