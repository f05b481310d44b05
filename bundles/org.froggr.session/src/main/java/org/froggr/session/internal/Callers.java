package org.froggr.session.internal;

import java.util.Optional;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.api.session.SessionMode;
import org.froggr.spi.presentation.MountSpace;

/** Where a caller stands, and so which session and which namespace its paths belong to. */
final class Callers {
    private final ManagerContext context;

    Callers(ManagerContext context) {
        this.context = context;
    }

    /**
     * The session that a request is for, if it names one or comes from inside one.
     *
     * @throws FroggrException FOREIGN_NAMESPACE, NO_SESSION, AMBIGUOUS
     */
    Optional<LiveSession> session(Optional<String> reference, Caller caller) throws FroggrException {
        Optional<LiveSession> inside = inside(caller);
        if (reference.isEmpty()) {
            return inside;
        }
        LiveSession named = context.registry().get(reference.get());
        if (inside.isPresent() && inside.get() != named) {
            throw FroggrException.of(
                            Fault.FOREIGN_NAMESPACE,
                            "the caller is inside the private session " + inside.get().label()
                                    + ", whose paths mean nothing to session " + named.label())
                    .hint("the same from outside, or without -s");
        }
        return Optional.of(named);
    }

    /** The private session that the caller is inside of; empty for the platform's own namespace. */
    private Optional<LiveSession> inside(Caller caller) throws FroggrException {
        boolean own = caller.mountNamespace().isEmpty()
                || caller.mountNamespace().getAsLong() == context.ownNamespace();
        if (own && !caller.chrooted()) {
            return Optional.empty();
        }
        Optional<LiveSession> session =
                own ? Optional.empty() : context.registry().ofMountNamespace(caller.mountNamespace().getAsLong());
        if (session.isEmpty() || caller.chrooted()) {
            throw foreign(caller);
        }
        return session;
    }

    private static FroggrException foreign(Caller caller) {
        String where = caller.chrooted() ? "has another root directory" : "is in another mount namespace";
        return FroggrException.of(
                        Fault.FOREIGN_NAMESPACE,
                        "process " + caller.pid() + " " + where + " than this platform: its paths mean other files here")
                .hint("run frg outside, or inside with a FROGGR_HOME of its own");
    }

    /** The namespace that paths for that session are looked up in. */
    MountSpace space(Optional<LiveSession> session) throws FroggrException {
        return session.isPresent() && session.get().record().mode() == SessionMode.PRIVATE
                ? session.get().space()
                : context.ownSpace();
    }
}
