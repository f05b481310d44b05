package org.froggr.session.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionState;
import org.froggr.linux.ProcStat;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.session.internal.store.HomeDirectory;

/**
 * What is looked at from time to time: whether the sessions' processes answer, whether the files are
 * still there, and whether there is anything that no living session owns.
 */
final class Housekeeper {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ManagerContext context;
    private final Supervisor supervisor;
    private final Adopter adopter;
    private final PresenceFlag presence;
    private final OrphanSweep orphans;
    private final Map<UUID, Long> silentSinceNanos = new HashMap<>();
    private final Set<AnchorSweep.Stray> suspects = new HashSet<>();
    private long tick;

    Housekeeper(ManagerContext context, Supervisor supervisor, Adopter adopter, OrphanSweep orphans) {
        this.context = context;
        this.supervisor = supervisor;
        this.adopter = adopter;
        this.presence = new PresenceFlag(context.home(), context.registry());
        this.orphans = orphans;
    }

    void start(ScheduledExecutorService clock) {
        clock.scheduleWithFixedDelay(this::everySecond, 1, 1, TimeUnit.SECONDS);
    }

    /** A failure of one round must not end the rounds. */
    private void everySecond() {
        try {
            tick++;
            keepHome();
            presence.update();
            pingSome();
            if (tick % context.settings().sweepSeconds() == 0) {
                takeIn();
                sweep();
            }
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            context.log().error("a periodic check failed", e);
        }
    }

    /** The root may be removed by a person or by a cleaner of /tmp: everything is written again. */
    private void keepHome() throws FroggrException {
        if (context.home() instanceof HomeDirectory home && !home.stillThere() && home.restore()) {
            context.log().warn("{} was removed and is made again", home.path().quoted());
            context.registry().all().forEach(this::rewrite);
        }
        for (LiveSession session : context.registry().all()) {
            if (!session.files().exists()) {
                rewrite(session);
            }
        }
    }

    private void rewrite(LiveSession session) {
        session.lock().lock();
        try {
            if (!session.hasEnded()) {
                if (!session.files().exists()) {
                    context.store().create(session.id());
                    context.pipes().add(session.id(), session.files());
                    session.ledger().remember("mend", List.of("directory"), "ok", Duration.ZERO);
                }
                session.ledger().update(r -> r, false);
                session.files().saveNamespace(session.namespaceText());
                mendPipes(session);
            }
        } catch (ErrnoException e) {
            context.log().error("session {} cannot be written again: {}", session.id(), e.getMessage());
        } finally {
            session.lock().unlock();
        }
    }

    /** Each session has its turn once in the ping interval. */
    private void pingSome() {
        int interval = context.settings().pingSeconds();
        for (LiveSession session : context.registry().all()) {
            boolean turn = Math.floorMod(session.id().hashCode(), interval) == tick % interval;
            if (turn || silentSinceNanos.containsKey(session.id())) {
                tryToCheck(session);
            }
        }
        silentSinceNanos.keySet().removeIf(id -> context.registry().find(id).isEmpty());
    }

    /** What is wrong with one session must not keep the others from their turn. */
    private void tryToCheck(LiveSession session) {
        try {
            check(session);
        } catch (ErrnoException | RuntimeException e) {
            context.log().error("session {} cannot be checked", session.id(), e);
        }
    }

    private void check(LiveSession session) throws ErrnoException {
        // Whoever holds the lock is at work on the session: it has its turn again soon.
        if (!session.lock().tryLock()) {
            return;
        }
        try {
            Anchor anchor = session.anchor().orElse(null);
            if (anchor == null || session.hasEnded()) {
                return;
            }
            mendPipes(session);
            if (anchor.alive()) {
                ping(session, anchor);
            } else if (session.record().state() == SessionState.ACTIVE) {
                supervisor.processDied(session);
            }
        } finally {
            session.lock().unlock();
        }
    }

    private void mendPipes(LiveSession session) throws ErrnoException {
        if (session.files().ensurePipes()) {
            context.pipes().add(session.id(), session.files());
            session.ledger().remember("mend", List.of("pipes"), "ok", Duration.ZERO);
        }
    }

    private void ping(LiveSession session, Anchor anchor) {
        if (anchor.ping(Duration.ofMillis(250))) {
            silentSinceNanos.remove(session.id());
            session.setPing(true, "answers");
            return;
        }
        long now = System.nanoTime();
        Duration silent = Duration.ofNanos(now - silentSinceNanos.computeIfAbsent(session.id(), id -> now));
        session.setPing(false, "no answer for " + silent.toSeconds() + " s");
        if (silent.toSeconds() >= context.settings().pingDeadlineSeconds()) {
            silentSinceNanos.remove(session.id());
            supervisor.processHung(session, silent);
        }
    }

    /**
     * Ends processes that no session owns, then mounts and connections. One is only suspected at first: it
     * may belong to a session that is being made.
     */
    synchronized void sweep() throws ErrnoException {
        Set<AnchorSweep.Stray> seen = strays();
        for (AnchorSweep.Stray stray : seen) {
            if (suspects.contains(stray)) {
                end(stray);
            }
        }
        suspects.clear();
        suspects.addAll(seen);
        orphans.round();
    }

    /** Processes that are no session's; one that is seen once only may be a new session's. */
    Set<AnchorSweep.Stray> strays() throws ErrnoException {
        Set<AnchorSweep.Stray> seen = new HashSet<>();
        for (AnchorSweep.Stray stray : context.sweep().find(adopter.untouchable())) {
            if (!isOwned(stray)) {
                seen.add(stray);
            }
        }
        return seen;
    }

    /** Also one of a living session is a stray, if that has another by now. */
    private boolean isOwned(AnchorSweep.Stray stray) throws ErrnoException {
        LiveSession session = context.registry().find(stray.session()).orElse(null);
        if (session == null) {
            return false;
        }
        // Who has the lock may be starting it.
        if (!session.lock().tryLock()) {
            return true;
        }
        try {
            long pid = session.record().pid();
            return stray.pid() == pid || isChildOf(pid, stray) || !session.hasLivingProcess();
        } finally {
            session.lock().unlock();
        }
    }

    /** The shell forks for a program that it runs; until that begins, both have one command line. */
    private static boolean isChildOf(long pid, AnchorSweep.Stray stray) throws ErrnoException {
        return ProcStat.of(stray.pid()).map(ProcStat::parent).filter(parent -> parent == pid).isPresent();
    }

    private void end(AnchorSweep.Stray stray) {
        context.log().warn("process {} is not of session {} any more and is ended", stray.pid(), stray.session());
        try {
            context.sweep().terminate(stray, GRACE);
        } catch (ErrnoException e) {
            context.log().warn("process {} could not be ended: {}", stray.pid(), e.getMessage());
        }
    }

    /** Ends at once whatever no session owns. */
    void sweepAll() throws ErrnoException {
        sweep();
        sweep();
    }

    /** Directories that hold sessions, or remains of some, which are not known: they are from now on, or gone. */
    void takeIn() throws ErrnoException {
        adopter.adoptLate();
    }
}
