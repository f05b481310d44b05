package org.froggr.backend.kernel.internal;

import java.util.HashSet;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.WithdrawRequest;

/** Takes one bind away by umount(8), which only the session's process may run. */
final class CommandUnbind {
    private final WithdrawRequest request;
    private final KnownMounts known;
    private final MountSpace space;
    private final long id;

    CommandUnbind(WithdrawRequest request, KnownMounts known) {
        this.request = request;
        this.known = known;
        this.space = request.space();
        this.id = request.mountId();
    }

    void perform() throws ErrnoException, InterruptedException {
        BytePath at = locate();
        switch (request.mode()) {
            case ORDERLY -> orderly(at);
            case LAZY -> space.run(Programs.unmount("-l", at));
            case FORCE -> force(at);
        }
    }

    private BytePath locate() throws ErrnoException {
        BytePath expected = request.targetPath();
        if (holds(expected)) {
            return expected;
        }
        BytePath now = MountTable.parse(space.mountInfo()).find(id).map(MountInfo.Entry::mountPoint)
                .orElseThrow(() -> Errors.notMounted(expected));
        if (!holds(now)) {
            throw Errors.busy("covered by another mount", now);
        }
        return now;
    }

    private boolean holds(BytePath path) throws ErrnoException {
        try (OwnedFd top = OwnedFd.of(space.open(path))) {
            Stat stat = Stats.of(top.number());
            return stat.mountId() == id && stat.isMountRoot() && known.isSame(id, top.number());
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return false;
            }
            throw e;
        }
    }

    private void orderly(BytePath at) throws ErrnoException, InterruptedException {
        try {
            space.run(Programs.unmount(at));
        } catch (ErrnoException e) {
            MountTable table = MountTable.parse(space.mountInfo());
            Company below = new Company(request, table);
            if (!below.isEmpty()) {
                withAllBelow(at, below);
            } else if (table.find(id).isPresent()) {
                // What was below a moment ago may have been unmounted by others.
                space.run(Programs.unmount(at));
            } else {
                throw Errors.notMounted(at);
            }
        }
    }

    /**
     * Mounts that came from outside are locked to the one they lie on and leave with it only, by
     * MNT_DETACH (mount_namespaces(7)); so whether they are in use is asked before.
     */
    private void withAllBelow(BytePath at, Company below) throws ErrnoException, InterruptedException {
        Set<Long> ids = new HashSet<>(Set.of(id));
        below.leaving().forEach(child -> ids.add((long) child.id()));
        if (FileUses.any(ids)) {
            throw Errors.busy("in use", at);
        }
        space.run(Programs.unmount("-l", at));
    }

    private void force(BytePath at) throws ErrnoException, InterruptedException {
        try {
            space.run(Programs.unmount("-f", at));
        } catch (ErrnoException e) {
            space.run(Programs.unmount("-l", at));
        }
    }
}
