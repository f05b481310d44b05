package org.froggr.backend.kernel.internal;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.WithdrawRequest;

/**
 * Takes one bind away, on a thread that is in the mount namespace. umount2(2) knows names only, so the
 * mount is looked up by name and its id compared.
 */
final class Unbind {
    private final WithdrawRequest request;
    private final KnownMounts known;
    private final long id;

    Unbind(WithdrawRequest request, KnownMounts known) {
        this.request = request;
        this.known = known;
        this.id = request.mountId();
    }

    void perform() throws ErrnoException {
        try (MountPoint at = locate()) {
            checkIdentity(at);
            switch (request.mode()) {
                case ORDERLY -> orderly(at);
                case LAZY -> detach(at);
                case FORCE -> force(at);
            }
        }
    }

    private MountPoint locate() throws ErrnoException {
        Optional<MountPoint> expected = MountPoint.holding(id, request.targetPath());
        if (expected.isPresent()) {
            return expected.get();
        }
        // Covered, renamed, or gone: the table knows.
        BytePath now = MountTable.ofThread().find(id).map(MountInfo.Entry::mountPoint)
                .orElseThrow(() -> Errors.notMounted(request.targetPath()));
        return MountPoint.holding(id, now).orElseThrow(() -> Errors.busy("covered by another mount", now));
    }

    private void checkIdentity(MountPoint at) throws ErrnoException {
        try (OwnedFd root = at.openRoot()) {
            if (!known.isSame(id, root.number())) {
                throw Errors.notMounted(request.targetPath());
            }
        }
    }

    private void orderly(MountPoint at) throws ErrnoException {
        try {
            at.unmount(0);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            withAllBelow(at);
        }
    }

    private void withAllBelow(MountPoint at) throws ErrnoException {
        MountTable table = MountTable.ofThread();
        List<MountInfo.Entry> below = new Company(request, table).leaving();
        if (!below.isEmpty()) {
            leaveSource(at, table);
        }
        try (Removal removal = new Removal(request.targetPath())) {
            for (MountInfo.Entry child : below) {
                removal.remove(child);
            }
            // Also when there was nothing: what was there a moment ago may have been unmounted by others.
            at.unmount(0);
            removal.keep();
        }
    }

    private void force(MountPoint at) throws ErrnoException {
        try {
            at.unmount(Mounts.MNT_FORCE);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            detach(at);
        }
    }

    private void detach(MountPoint at) throws ErrnoException {
        leaveSource(at, MountTable.ofThread());
        at.unmount(Mounts.MNT_DETACH);
    }

    /**
     * A bind that others made, and told a session of, may still share events with its source; what is
     * undone below it would be undone there too (mount_namespaces(7)).
     */
    private void leaveSource(MountPoint at, MountTable table) throws ErrnoException {
        if (table.sharesWithSource(id)) {
            try (OwnedFd root = at.openRoot()) {
                Mounts.setAttributes(root.number(), true, 0, 0, Mounts.MS_SLAVE);
            }
        }
    }
}
