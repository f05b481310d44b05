package org.froggr.session.internal;

import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionMode;
import org.froggr.session.internal.served.StaleMounts;
import org.froggr.spi.presentation.MountSpace;

/**
 * What is mounted in a session's own directory and is no part of it: a platform died after it had made the mount and
 * before it recorded that, or the other way. The caller holds the session's lock.
 */
final class Leftovers {
    private final ManagerContext context;
    private final LiveSession session;

    Leftovers(ManagerContext context, LiveSession session) {
        this.context = context;
        this.session = session;
    }

    /** Takes it away. */
    void remove() {
        try {
            List<BytePath> found = session.files().mountPoints();
            Set<String> used = session.served().mountPoints();
            for (BytePath name : found) {
                if (!used.contains(name.toString())) {
                    StaleMounts.unmount(space(), session.directory().resolve(name));
                    session.files().removeMountPoint(name);
                }
            }
        } catch (ErrnoException | FroggrException e) {
            context.log().warn("session {}: what is left in its directory stays: {}", session.id(), e.getMessage());
        }
    }

    private MountSpace space() throws FroggrException {
        return session.record().mode() == SessionMode.SHARED ? context.ownSpace() : session.space();
    }
}
