package org.froggr.session.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.Inheritance;

/** Gives sessions their process, and keeps an eye on it. The caller holds the session's lock. */
final class Anchoring {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ManagerContext context;
    private final Consumer<LiveSession> onDeath;
    private final Consumer<LiveSession> onMountChange;

    Anchoring(ManagerContext context, Consumer<LiveSession> onDeath, Consumer<LiveSession> onMountChange) {
        this.context = context;
        this.onDeath = onDeath;
        this.onMountChange = onMountChange;
    }

    /**
     * Starts a process for the session and records it. Leaves none behind when it throws.
     *
     * @throws FroggrException NO_USERNS, NO_PRIVILEGE, CANNOT_CREATE and the like
     */
    void start(LiveSession session) throws FroggrException {
        start(session, Inheritance.NONE);
    }

    /** The same, with what the process before had. */
    void start(LiveSession session, Inheritance inheritance) throws FroggrException {
        release(session);
        Anchor anchor =
                context.launcher().launch(session.id(), session.files(), session.record().mode(), inheritance);
        try {
            session.ledger().update(r -> r.withProcess(anchor.pid(), anchor.processStart(), context.bootId()), false);
        } catch (ErrnoException e) {
            kill(anchor);
            throw OsFault.of(e, "the session's file cannot be written");
        }
        watch(session, anchor);
    }

    /** Gives the session another process instead of the one that it has. */
    void replace(LiveSession session, Inheritance inheritance) throws FroggrException {
        // One after the other: both would have the same scope of logind's.
        end(session);
        try {
            start(session, inheritance);
        } catch (FroggrException e) {
            start(session);
            throw e;
        }
    }

    /** Takes over a living process. */
    void watch(LiveSession session, Anchor anchor) {
        session.setAnchor(anchor);
        session.setAnchoring(this);
        context.processes().watch(anchor, () -> onDeath.accept(session));
        if (session.record().mode() == SessionMode.PRIVATE) {
            context.mounts().watch(anchor.pid(), anchor.mountInfoFile(), () -> onMountChange.accept(session));
        }
    }

    /** Ends the session's process, if it has one that lives, and waits for its end. */
    void end(LiveSession session) {
        Anchor anchor = session.anchor().orElse(null);
        if (anchor != null) {
            unwatch(session, anchor);
            kill(anchor);
            session.setAnchor(null);
        }
    }

    /** Stops watching a process without ending it. */
    void release(LiveSession session) {
        Anchor anchor = session.anchor().orElse(null);
        if (anchor != null) {
            unwatch(session, anchor);
            anchor.close();
            session.setAnchor(null);
        }
    }

    private void unwatch(LiveSession session, Anchor anchor) {
        context.processes().unwatch(anchor);
        if (session.record().mode() == SessionMode.PRIVATE) {
            context.mounts().unwatch(anchor.pid());
        }
    }

    private void kill(Anchor anchor) {
        try {
            anchor.terminate(GRACE);
        } catch (ErrnoException e) {
            context.log().warn("the process {} could not be ended: {}", anchor.pid(), e.getMessage());
        } finally {
            anchor.close();
        }
    }
}
