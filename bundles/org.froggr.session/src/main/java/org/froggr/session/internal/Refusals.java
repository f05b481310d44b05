package org.froggr.session.internal;

import java.time.Instant;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.spi.presentation.MountSpace;

/** All that a mount or bind can be refused for before anything is changed. */
final class Refusals {
    private final ManagerContext context;
    private final Placement placement;

    Refusals(ManagerContext context) {
        this.context = context;
        this.placement = new Placement(context);
    }

    /** Of what is asked for and where, except that its session may be unable to take it. */
    void check(Plan plan, MountSpace space, Optional<LiveSession> owner, SessionMode mode) throws FroggrException {
        Optional<Located> target = plan.target();
        if (plan.source().isPresent()) {
            Loops.check(space, plan.source().get(), plan.targetPath(), target, mayLoop(plan, space, mode));
        }
        placement.presenter().close();
        if (plan.isServed()) {
            if (plan.source().isPresent()) {
                new UnionCycles(context.registry()).check(plan.source().get().path(), plan.targetPath());
            }
            ServedPlacement.require(context);
        }
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
        Unprivileged.require(plan, mode);
    }

    /** Where the platform cannot cut mounts off from a tree that it serves, it would meet its own mount in it. */
    private static boolean mayLoop(Plan plan, MountSpace space, SessionMode mode) {
        boolean seesAll = space.access() == MountSpace.Access.BY_PROCESS || Unprivileged.isTrue(mode);
        return plan.request().recursive() || plan.isServed() && seesAll;
    }

    private static boolean isOurs(Optional<LiveSession> owner, BytePath target, Located located) {
        return owner.isPresent()
                && Entries.at(target, owner.get().record().entries()).stream()
                        .anyMatch(e -> e.mount() == located.stat().mountId());
    }

    /** A private namespace began as a copy of the platform's, with what shared sessions had mounted there. */
    private boolean isCopyOfOurs(BytePath target, SessionMode mode) {
        return mode == SessionMode.PRIVATE
                && context.registry().ofTarget(target).anyMatch(s -> s.record().mode() == SessionMode.SHARED);
    }

    /** Of the session that is to change; the caller holds its lock. */
    static void requireUsable(LiveSession session) throws FroggrException {
        requireActive(session);
        int limit = session.record().limits().mounts();
        if (session.record().entries().size() >= limit) {
            throw FroggrException.of(
                            Fault.LIMIT,
                            "the session " + session.label() + " has " + session.record().entries().size()
                                    + " mounts and binds, the limit is " + limit)
                    .hint("frg unmount of those no longer needed, or another session (-s)");
        }
    }

    /** The same, however many mounts it has. */
    static void requireActive(LiveSession session) throws FroggrException {
        SessionState state = session.record().state();
        if (session.hasEnded() || state != SessionState.ACTIVE) {
            throw FroggrException.of(
                            state == SessionState.FAILED ? Fault.UNAVAILABLE : Fault.TRY_AGAIN,
                            "the session " + session.label() + " is " + (session.hasEnded() ? "gone" : state))
                    .hint("frg session " + session.id());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted before anything was changed");
        }
    }
}
