package org.froggr.session.internal;

import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Undoes an entry that a platform was about to mount, or had just unmounted, when it died.
 */
final class HalfDone {
    private final ManagerContext context;
    private final LiveSession session;

    HalfDone(ManagerContext context, LiveSession session) {
        this.context = context;
        this.session = session;
    }

    /** Unmounts it if it came so far, and removes what was made for it. */
    void undo(EntryRecord intended) throws FroggrException {
        MountSpace space = session.space();
        long id = new OwnMount(context.registry(), space).find(intended);
        if (id != 0) {
            withdraw(intended.mounted(id, 0, null));
        }
        new TargetMaker(space).remove(intended.target(), intended.made());
    }

    private void withdraw(EntryRecord mounted) throws FroggrException {
        try {
            new Placement(context).withdraw(session, mounted, UnmountMode.LAZY);
            context.log().info("session {}: {} was half done and is undone", session.id(), mounted.target().quoted());
        } catch (ErrnoException e) {
            context.log().warn("session {}: {}: {}", session.id(), mounted.target().quoted(), e.getMessage());
        }
    }
}
