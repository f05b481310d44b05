package org.froggr.session.internal.store;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;

/** Files that are read whole and replaced whole: a sibling is written, synced and renamed. */
final class AtomicFile {
    /** More than any state file can have; what is larger is none. */
    static final int MOST_BYTES = 64 << 20;

    private static final int WRITE = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC | Fd.O_NOFOLLOW;
    private static final int MODE = 0600;

    private AtomicFile() {}

    /** The name under which the next content of a file is written. */
    static BytePath sibling(BytePath name) {
        return BytePath.of(name + ".new");
    }

    /** Writes the sibling of a file, to be renamed by {@link #replace}; removes it again on failure. */
    static void write(int directory, BytePath name, byte[] content, boolean durable) throws ErrnoException {
        BytePath sibling = sibling(name);
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, sibling, WRITE, MODE))) {
            Fd.writeFully(file.number(), content);
            if (durable) {
                Fd.fsync(file.number());
            }
        } catch (ErrnoException e) {
            removeIfThere(directory, sibling);
            throw e;
        }
    }

    /**
     * Puts the sibling in the place of the file.
     *
     * @param durable as in {@link #write}; fsync(2) of the directory makes the rename durable
     */
    static void replace(int directory, BytePath name, boolean durable) throws ErrnoException {
        if (durable) {
            At.rename(directory, sibling(name), directory, name);
            Fd.fsync(directory);
        } else if (exchange(directory, name)) {
            removeIfThere(directory, sibling(name));
        } else {
            At.rename(directory, sibling(name), directory, name);
        }
    }

    /**
     * Lets both files swap names, which is as atomic. Renaming over a file makes ext4 write the new one
     * out at once (auto_da_alloc, ext4(5)), which takes longer than all the rest.
     *
     * @return false if there is no file yet, or the file system cannot do that
     */
    private static boolean exchange(int directory, BytePath name) throws ErrnoException {
        try {
            At.rename(directory, sibling(name), directory, name, At.RENAME_EXCHANGE);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.EINVAL) || e.is(Errno.ENOSYS)) {
                return false;
            }
            throw e;
        }
    }

    /** Brings a file that was replaced, and that it was replaced, to the disk. */
    static void sync(int directory, BytePath name) throws ErrnoException {
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, name, Fd.O_RDONLY | Fd.O_NOFOLLOW | Fd.O_NONBLOCK, 0))) {
            Fd.fsync(file.number());
        }
        Fd.fsync(directory);
    }

    /** The content of a regular file, or null if there is none of that name. */
    static byte[] read(int directory, BytePath name) throws ErrnoException {
        // O_NONBLOCK: should a pipe have come into its place, nobody is waited for.
        int flags = Fd.O_RDONLY | Fd.O_NOFOLLOW | Fd.O_NONBLOCK;
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, name, flags, 0))) {
            return Fd.readFully(file.number(), MOST_BYTES);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return null;
            }
            throw e;
        }
    }

    static boolean removeIfThere(int directory, BytePath name) throws ErrnoException {
        try {
            At.unlink(directory, name);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }
}
