package org.froggr.backend.kernel.internal;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;

/**
 * A name in an open directory, with whatever is mounted on it. Renaming a directory on the way to it
 * leads nowhere else. While it is open, the mount that holds the directory is in use.
 */
final class MountPoint implements AutoCloseable {
    private static final BytePath DESCRIPTORS = BytePath.of("/proc/thread-self/fd");
    private static final BytePath SELF = BytePath.of(".");

    private final OwnedFd directory;
    private final BytePath name;
    private final BytePath path;

    private MountPoint(OwnedFd directory, BytePath path) {
        this.directory = directory;
        this.path = path;
        this.name = path.fileName().isEmpty() ? SELF : path.fileName();
    }

    /** Opens the directory that holds a path; empty if it is not there. */
    static Optional<MountPoint> open(BytePath path) throws ErrnoException {
        try {
            int fd = Fd.open(path.parent(), Fd.O_PATH | Fd.O_DIRECTORY, 0);
            return Optional.of(new MountPoint(OwnedFd.of(fd), path));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Opens the directory that holds a path, if this mount is the topmost one there. */
    static Optional<MountPoint> holding(long mountId, BytePath path) throws ErrnoException {
        Optional<MountPoint> at = open(path);
        boolean holds = false;
        try {
            holds = at.isPresent() && at.get().holds(mountId);
        } finally {
            if (at.isPresent() && !holds) {
                at.get().close();
            }
        }
        return holds ? at : Optional.empty();
    }

    int directory() {
        return directory.number();
    }

    BytePath name() {
        return name;
    }

    private boolean holds(long mountId) throws ErrnoException {
        try {
            Stat stat = Stats.ofName(directory(), name);
            return stat.mountId() == mountId && stat.isMountRoot();
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw Errors.about(path, e);
        }
    }

    /** A descriptor of the root of what is mounted here, which keeps it in use. */
    OwnedFd openRoot() throws ErrnoException {
        return OwnedFd.of(Fd.openat(directory(), name, Fd.O_PATH | Fd.O_NOFOLLOW, 0));
    }

    /** Takes the topmost mount away. */
    void unmount(int flags) throws ErrnoException {
        BytePath exact = DESCRIPTORS.resolve(Integer.toString(directory())).resolve(name);
        try {
            Mounts.umount(exact, flags | Mounts.UMOUNT_NOFOLLOW);
        } catch (ErrnoException e) {
            throw Errors.about(path, e);
        }
    }

    @Override
    public void close() throws ErrnoException {
        directory.close();
    }
}
