package org.froggr.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.SessionState;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;
import org.froggr.spi.recovery.RecoveryPolicy;

/** Makes sessions: all of one, or nothing. */
final class SessionMaker {
    private final ManagerContext context;
    private final Anchoring anchoring;

    SessionMaker(ManagerContext context, Anchoring anchoring) {
        this.context = context;
        this.anchoring = anchoring;
    }

    /**
     * Makes a session for a root that was looked up already.
     *
     * @param permanent whether it stays when its last entry goes
     * @throws FroggrException LIMIT, NAME_TAKEN, UNSUPPORTED and whatever starting a process may throw
     */
    LiveSession make(SessionRequest request, BytePath root, boolean permanent) throws FroggrException {
        String policy = request.recovery().orElse(context.settings().recovery());
        requirePolicy(policy);
        LiveSession session = reserve(request, root, policy, permanent);
        session.lock().lock();
        try {
            session.ledger().update(r -> r, false);
            anchoring.start(session);
            session.ledger().update(r -> r.in(SessionState.ACTIVE), false);
            context.syncs().soon(session);
            context.pipes().add(session.id(), session.files());
            session.publishState();
            return session;
        } catch (ErrnoException e) {
            discard(session);
            throw OsFault.of(e, "the session cannot be made in " + session.directory().quoted());
        } catch (FroggrException | RuntimeException e) {
            discard(session);
            throw e;
        } finally {
            session.lock().unlock();
        }
    }

    private void requirePolicy(String policy) throws FroggrException {
        context.policies()
                .lease(policy)
                .orElseThrow(() -> context.missing().service(
                        "the recovery policy " + ShellWord.quote(policy),
                        RecoveryPolicy.class,
                        RecoveryPolicy.NAME + "=" + policy,
                        context.policies().keys()))
                .close();
    }

    /** From here on the session counts, and its name is taken. */
    private LiveSession reserve(SessionRequest request, BytePath root, String policy, boolean permanent)
            throws FroggrException {
        synchronized (context.registry()) {
            checkLimit();
            if (request.name().isPresent()) {
                checkName(request.name().get());
            }
            SessionRecord record = record(request, root, policy, permanent);
            try {
                SessionDirectory directory = context.store().create(record.id());
                LiveSession session = new LiveSession(context, directory, record);
                context.registry().add(session);
                return session;
            } catch (ErrnoException e) {
                throw OsFault.of(e, "no directory for a session can be made in " + context.home().path().quoted())
                        .about(context.home().path());
            }
        }
    }

    private void checkLimit() throws FroggrException {
        int limit = context.settings().maxSessions();
        if (context.registry().size() >= limit) {
            long idle = context.registry().all().stream().filter(s -> s.record().entries().isEmpty()).count();
            throw FroggrException.of(
                            Fault.LIMIT,
                            "there are " + context.registry().size() + " sessions, the limit is " + limit + "; " + idle
                                    + " of them have no mounts")
                    .hint("frg session -k of those no longer needed, or maxSessions in etc/" + SessionConfig.PID + ".cfg");
        }
    }

    private void checkName(String name) throws FroggrException {
        SessionNames.check(name);
        if (context.registry().isNameTaken(name)) {
            throw FroggrException.of(Fault.NAME_TAKEN, "there is a session named " + ShellWord.quote(name) + " already")
                    .hint("frg session " + ShellWord.quote(name));
        }
    }

    private SessionRecord record(SessionRequest request, BytePath root, String policy, boolean permanent) {
        Settings settings = context.settings();
        return new SessionRecord(
                SessionRecord.VERSION, UUID.randomUUID(), request.name().orElse(null), 0, 0, context.bootId(),
                root.toString(), Instant.now(), context.home().owner(), request.mode(), SessionState.CREATING, policy,
                permanent, new SessionRecord.Limits(settings.maxMounts(), settings.historySize()), List.of(), List.of());
    }

    /** Undoes a session that was never handed out; the caller holds its lock. */
    void discard(LiveSession session) {
        session.served().close();
        if (session.record().mode() == SessionMode.SHARED) {
            new Leftovers(context, session).remove();
        }
        anchoring.end(session);
        context.pipes().remove(session.id());
        try {
            session.files().remove();
        } catch (ErrnoException e) {
            context.log().warn("the files of {} could not be removed: {}", session.id(), e.getMessage());
        }
        session.setEnded();
        context.registry().remove(session);
    }

    /** Undoes a session for whose first entry it was made, unless others have begun to use it. */
    void discardUnused(LiveSession session) {
        session.lock().lock();
        try {
            if (!session.hasEnded() && session.record().entries().isEmpty()) {
                discard(session);
            }
        } finally {
            session.lock().unlock();
        }
    }

    /** The root directory that a request names, looked up. */
    BytePath root(SessionRequest request, Callers callers) throws FroggrException {
        Optional<LiveSession> inside = callers.session(Optional.empty(), request.caller());
        BytePath asked = request.caller().absolute(request.root().orElse(BytePath.ROOT));
        try (Located root = new Lookup(callers.space(inside)).source(asked)) {
            if (!root.isDirectory()) {
                throw FroggrException.of(Fault.TYPE_MISMATCH, "the root " + asked.quoted() + " is no directory")
                        .about(asked)
                        .hint("a directory");
            }
            return root.path();
        }
    }
}
