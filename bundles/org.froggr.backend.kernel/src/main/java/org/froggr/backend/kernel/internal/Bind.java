package org.froggr.backend.kernel.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.PresentRequest;

/**
 * One bind by descriptors, on a thread that is in the mount namespace. Everything is set on a detached
 * clone, so that nobody ever sees the mount without its flags, and a failure leaves nothing behind.
 */
final class Bind {
    private static final BytePath ITSELF = BytePath.of("");

    private final PresentRequest request;
    private final BindFlags flags;
    private final KnownMounts known;

    Bind(PresentRequest request, BindFlags flags, KnownMounts known) {
        this.request = request;
        this.flags = flags;
        this.known = known;
    }

    long perform() throws ErrnoException {
        try (OwnedFd tree = OwnedFd.of(cloneSource())) {
            Mounts.setAttributes(
                    tree.number(), request.recursive(), flags.set(), flags.clear(), Mounts.MS_SLAVE);
            long id = Stats.of(tree.number()).mountId();
            known.remember(id, tree.number());
            attach(tree.number());
            return id;
        }
    }

    /**
     * A clone joins the peer group of a shared source. As its slave it gets what is mounted below the
     * source, while what is undone below the target leaves the source alone.
     */
    private int cloneSource() throws ErrnoException {
        try {
            return Mounts.openTree(request.source(), ITSELF, true, request.recursive());
        } catch (ErrnoException e) {
            throw Errors.about(request.sourcePath(), e);
        }
    }

    /** A target below a shared mount makes the clone shared again, in a peer group of its own. */
    private void attach(int tree) throws ErrnoException {
        try {
            Mounts.moveMount(tree, request.target());
        } catch (ErrnoException e) {
            // move_mount(2) says EINVAL for several reasons, mount(2) says this one
            int number = sameKind() ? e.number() : Errno.ENOTDIR.number();
            throw Errors.because(number, e.operation(), request.targetPath(), e);
        }
    }

    private boolean sameKind() throws ErrnoException {
        return Stats.of(request.source()).isDirectory() == Stats.of(request.target()).isDirectory();
    }
}
