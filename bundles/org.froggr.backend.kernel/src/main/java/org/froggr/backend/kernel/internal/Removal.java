package org.froggr.backend.kernel.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;

/**
 * Unmounts several mounts, all or none: of each a detached copy is kept, and unless {@link #keep} is
 * called, closing puts the copies where the mounts were. A copy does not make the original busy.
 */
final class Removal implements AutoCloseable {
    private record Removed(MountInfo.Entry mount, OwnedFd copy) {}

    /** The last one removed comes first: it lies on those below it. */
    private final Deque<Removed> removed = new ArrayDeque<>();

    private final BytePath target;
    private boolean undo = true;

    /** @param target what an error is about when one of the mounts is in use */
    Removal(BytePath target) {
        this.target = target;
    }

    /** Unmounts one that nothing is mounted on; one that others unmounted meanwhile is done. */
    void remove(MountInfo.Entry mount) throws ErrnoException {
        try (MountPoint at = MountPoint.holding(mount.id(), mount.mountPoint()).orElse(null)) {
            if (at == null) {
                throw Errors.busy("covered by another mount", mount.mountPoint());
            }
            remove(mount, at);
        } catch (ErrnoException e) {
            if (MountTable.ofThread().find(mount.id()).isPresent()) {
                throw e;
            }
        }
    }

    private void remove(MountInfo.Entry mount, MountPoint at) throws ErrnoException {
        OwnedFd copy = OwnedFd.of(Mounts.openTree(at.directory(), at.name(), true, false));
        try {
            at.unmount(0);
        } catch (ErrnoException e) {
            copy.close();
            throw e.is(Errno.EBUSY) ? Errors.about(target, e) : e;
        }
        removed.push(new Removed(mount, copy));
    }

    /** Makes it final. */
    void keep() {
        undo = false;
    }

    @Override
    public void close() throws ErrnoException {
        Map<Integer, Long> newIds = new HashMap<>();
        ErrnoException failure = null;
        for (Removed one : removed) {
            try (OwnedFd copy = one.copy()) {
                if (undo) {
                    putBack(one.mount(), copy.number(), newIds);
                }
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void putBack(MountInfo.Entry mount, int copy, Map<Integer, Long> newIds) throws ErrnoException {
        try (MountPoint at = MountPoint.open(mount.mountPoint())
                .orElseThrow(() -> Errors.notMounted(mount.mountPoint()))) {
            long parent = newIds.getOrDefault(mount.parent(), (long) mount.parent());
            // A link that somebody put on the way meanwhile must not lead to another mount.
            if (Stats.of(at.directory()).mountId() != parent) {
                throw Errors.notMounted(mount.mountPoint());
            }
            newIds.put(mount.id(), Stats.of(copy).mountId());
            Mounts.moveMount(copy, at.directory(), at.name());
        }
    }
}
