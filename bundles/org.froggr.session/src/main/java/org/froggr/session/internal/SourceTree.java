package org.froggr.session.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.MountSpace;

/**
 * The tree of a local source as it is to be served: a detached clone of its mount, in which what is mounted
 * below it is missing, or is there as it was when the tree was bound, but never a mount of ours that is made
 * over the tree itself.
 */
final class SourceTree {
    private static final BytePath ITSELF = BytePath.of("");

    private SourceTree() {}

    /** A descriptor of it, which the caller closes; the clone goes with the last descriptor of it. */
    static OwnedFd of(MountSpace space, Located source, boolean recursive) throws ErrnoException {
        if (space.access() == MountSpace.Access.BY_PROCESS) {
            // Only the session's process could make a clone, and has no way to hand it over.
            return OwnedFd.of(Fd.dup(source.descriptor()));
        }
        return space.call(() -> {
            OwnedFd clone = OwnedFd.of(Mounts.openTree(source.descriptor(), ITSELF, true, recursive));
            try {
                Mounts.setAttributes(clone.number(), recursive, 0, 0, Mounts.MS_SLAVE);
                return clone;
            } catch (ErrnoException e) {
                clone.close();
                throw e;
            }
        });
    }
}
