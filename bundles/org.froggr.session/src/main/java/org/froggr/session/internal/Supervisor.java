package org.froggr.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionState;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;

/**
 * Takes incidents, asks the session's policy what to do, has it done, and records all three. Incidents
 * of one session are handled one after the other, those of several at the same time.
 */
final class Supervisor {
    /** How long a policy's bundle may take to come back, as in an update. */
    private static final Duration POLICY_LIMIT = Duration.ofSeconds(5);

    private final ManagerContext context;
    private final Recovery recovery;
    private final ExecutorService workers;

    Supervisor(ManagerContext context, Recovery recovery, ExecutorService workers) {
        this.context = context;
        this.recovery = recovery;
        this.workers = workers;
    }

    /** What the session's policy wants done about a platform that ended while it presented the session's trees. */
    Decision platformEnded(LiveSession session, Incident incident) {
        return decide(session, incident).decision();
    }

    /** A process ended; whether it was asked to is looked at under the session's lock. */
    void processDied(LiveSession session) {
        submit(session, () -> {
            if (!session.hasLivingProcess()) {
                handle(session, Incident.Kind.PROCESS_DIED, "process " + session.record().pid() + " ended");
            }
        });
    }

    void processHung(LiveSession session, Duration waited) {
        submit(session, () -> handle(
                session,
                Incident.Kind.PROCESS_HUNG,
                "process " + session.record().pid() + " did not answer for " + waited.toSeconds() + " s"));
    }

    void allLost(LiveSession session, String detail) {
        submit(session, () -> handle(session, Incident.Kind.ALL_LOST, detail));
    }

    void mountLost(LiveSession session, String detail) {
        submit(session, () -> handle(session, Incident.Kind.MOUNT_LOST, detail));
    }

    /** Has something done under the session's lock as soon as it is free, unless the session is not at rest. */
    void later(Runnable work, LiveSession session) {
        submit(session, work);
    }

    private void submit(LiveSession session, Runnable work) {
        try {
            workers.execute(() -> locked(session, work));
        } catch (RejectedExecutionException e) {
            context.log().debug("the platform stops; an incident of {} is left to the next", session.id());
        }
    }

    private void locked(LiveSession session, Runnable work) {
        session.lock().lock();
        try {
            SessionState state = session.record().state();
            if (!session.hasEnded() && (state == SessionState.ACTIVE || state == SessionState.FAILED)) {
                work.run();
            }
        } catch (RuntimeException e) {
            context.log().error("session {}: recovery failed", session.id(), e);
        } finally {
            session.lock().unlock();
        }
    }

    private void handle(LiveSession session, Incident.Kind kind, String detail) {
        long start = System.nanoTime();
        IncidentRecord incident = new IncidentRecord(session.id(), kind, Instant.now(), detail, "");
        boolean failed = session.record().state() == SessionState.FAILED;
        Verdict verdict = failed ? new Verdict(Decision.QUARANTINE, "the session is in quarantine") : decide(session, incident);
        session.move(SessionState.RECOVERING);
        String action = apply(session, kind, verdict);
        if (session.hasEnded()) {
            context.log().warn("session {}: {}; {}", session.id(), detail, action);
        } else {
            record(session, incident, action);
            tellWhy(session, detail + "; " + action);
            Histories.ok(session, "incident", List.of(kind.name(), detail, action), start);
        }
    }

    private void tellWhy(LiveSession session, String why) {
        if (session.record().state() == SessionState.FAILED) {
            try {
                new PostMortem(session).write(why);
            } catch (ErrnoException e) {
                context.log().warn("session {}: its post-mortem cannot be written: {}", session.id(), e.getMessage());
            }
        }
    }

    private record Verdict(Decision decision, String reason) {}

    private Verdict decide(LiveSession session, Incident incident) {
        String name = session.record().recovery();
        try (var policy = context.policies().lease(name, POLICY_LIMIT).orElse(null)) {
            if (policy == null) {
                return new Verdict(Decision.QUARANTINE, "no active bundle offers the recovery policy " + name);
            }
            Decision decision = policy.service().decide(incident, List.copyOf(session.record().incidents()));
            return decision == null
                    ? new Verdict(Decision.QUARANTINE, "the recovery policy " + name + " decided nothing")
                    : new Verdict(decision, "the recovery policy " + name);
        } catch (RuntimeException e) {
            context.log().error("the recovery policy {} is broken", name, e);
            return new Verdict(Decision.QUARANTINE, "the recovery policy " + name + " threw " + e);
        }
    }

    /** Whatever happens, the session is not left in RECOVERING, where nobody could do anything with it. */
    private String apply(LiveSession session, Incident.Kind kind, Verdict verdict) {
        String prefix = verdict.decision().name().toLowerCase(Locale.ROOT) + " by " + verdict.reason() + ": ";
        try {
            String action = prefix + recovery.apply(session, kind, verdict.decision());
            if (!session.hasEnded()) {
                session.move(verdict.decision() == Decision.QUARANTINE ? SessionState.FAILED : SessionState.ACTIVE);
            }
            return action;
        } catch (FroggrException e) {
            return failed(session, prefix, e.getMessage());
        } catch (ErrnoException | RuntimeException e) {
            context.log().error("session {}: recovery failed", session.id(), e);
            return failed(session, prefix, e.toString());
        }
    }

    private String failed(LiveSession session, String prefix, String why) {
        if (!session.hasEnded()) {
            recovery.letGo(session);
            session.move(SessionState.RECOVERING);
            session.move(SessionState.FAILED);
        }
        return prefix + "it failed: " + why;
    }

    private void record(LiveSession session, IncidentRecord incident, String action) {
        session.ledger().addIncident(new IncidentRecord(
                incident.session(), incident.kind(), incident.at(), incident.detail(), action));
        context.log().warn("session {}: {}; {}", session.id(), incident.detail(), action);
        session.publishError(incident.detail() + "; " + action);
    }
}
