package org.froggr.session.internal;

import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.SessionMode;
import org.froggr.session.internal.process.Fusermount;
import org.froggr.spi.presentation.MountSpace;

/**
 * What is possible where everybody sees it without the privilege to mount: a served tree or a union, on a target of
 * its own, by fusermount3(1).
 */
final class Unprivileged {
    private Unprivileged() {}

    /** Whether mounts of such a session are made without privilege in the platform's own mount namespace. */
    static boolean isTrue(SessionMode mode) {
        try {
            return mode == SessionMode.SHARED && !Capabilities.mayMount();
        } catch (ErrnoException e) {
            // Without /proc; then the kernel says what may be done
            return false;
        }
    }

    /** The request with what the kernel would refuse to bind served instead, unless it says what it wants. */
    static NamespaceRequest served(NamespaceRequest request, SessionMode mode, MountSpace space) {
        boolean bound = request.order() == BindOrder.REPLACE || request.order() == BindOrder.UNSPECIFIED;
        if (!bound || request.type().isPresent() || !isTrue(mode)) {
            return request;
        }
        boolean path = SourceName.of(request.source(), request.caller(), space).isPath();
        return path ? request.type(Plan.SERVED_TYPE) : request;
    }

    /** @throws FroggrException NO_PRIVILEGE, with the ways out */
    static void require(Plan plan, SessionMode mode) throws FroggrException {
        if (!isTrue(mode)) {
            return;
        }
        if (plan.source().isPresent() && !plan.isServed()) {
            throw FroggrException.of(
                            Fault.NO_PRIVILEGE,
                            "kernel mounts in a shared session need CAP_SYS_ADMIN, which this user does not have")
                    .about(plan.targetPath())
                    .hint("-t served; or --private, for a session with a mount namespace of its own; or run it as root");
        }
        if (!Fusermount.isInstalled()) {
            throw FroggrException.of(
                            Fault.NO_PRIVILEGE,
                            "a shared session's mounts need CAP_SYS_ADMIN, which this user does not have, or the program"
                                    + " fusermount3, which is not there")
                    .about(plan.targetPath())
                    .hint("install fuse3; or --private, for a session with a mount namespace of its own; or run it as root");
        }
    }
}
