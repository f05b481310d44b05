package org.froggr.session.internal.checks;

import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.process.Fusermount;

/** Undoes orphans, in the platform's own mount namespace. */
public final class OrphanEnd {
    private static final String MOUNT_ID = "mnt_id:";
    private static final int MOST_BYTES = 4096;

    private OrphanEnd() {}

    /**
     * Aborts a connection or takes a mount away, whoever uses it. What has gone meanwhile is no error.
     *
     * @throws ErrnoException EBUSY if something else is mounted over it; EPERM without privilege
     * @throws IllegalArgumentException for an orphan that is not to be touched
     */
    public static void of(Orphan orphan) throws ErrnoException {
        if (!orphan.kind().mayGo()) {
            throw new IllegalArgumentException(orphan.text());
        }
        try {
            if (orphan.kind() == Orphan.Kind.CONNECTION) {
                FuseConnections.abort(orphan.number());
            } else {
                unmount(orphan);
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * By its id. A descriptor with O_PATH leads to the top of the mount without asking its file system
     * anything, and the kernel tells whose mount that is.
     */
    private static void unmount(Orphan orphan) throws ErrnoException {
        try (OwnedFd top = OwnedFd.of(Fd.open(orphan.path(), Fd.O_PATH | Fd.O_NOFOLLOW, 0))) {
            if (mountId(top.number()) != orphan.number()) {
                throw new ErrnoException(Errno.EBUSY.number(), "umount2", orphan.path());
            }
            Mounts.umount(BytePath.of("/proc/thread-self/fd/" + top.number()), Mounts.MNT_DETACH);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            Fusermount.unmount(orphan.path(), true);
        }
    }

    private static long mountId(int descriptor) throws ErrnoException {
        BytePath file = BytePath.of("/proc/thread-self/fdinfo/" + descriptor);
        try (OwnedFd fd = OwnedFd.of(Fd.open(file, Fd.O_RDONLY, 0))) {
            return ByteText.decode(Fd.readFully(fd.number(), MOST_BYTES)).lines()
                    .filter(line -> line.startsWith(MOUNT_ID))
                    .mapToLong(line -> Long.parseLong(line.substring(MOUNT_ID.length()).strip()))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
