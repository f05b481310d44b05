package org.froggr.fuse.internal;

import java.util.HashSet;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** An open file. */
final class FileHandle extends Handle {
    /** O_ACCMODE of asm-generic/fcntl.h. */
    private static final int ACCESS_MODE = 3;

    private final Late<OpenFile> file;
    private final boolean appends;
    private final boolean writable;

    /** Null until there is one: few files are ever locked. */
    private Set<Long> lockOwners;

    private OpenFile inPlace;
    private int backing;
    private volatile boolean setIdsChecked;

    FileHandle(long node, OpenFile file, int flags, long unique) {
        this(node, Late.of(file), flags, unique);
    }

    FileHandle(long node, Late<OpenFile> file, int flags, long unique) {
        super(node, flags, unique);
        this.file = file;
        this.writable = (flags & ACCESS_MODE) != Fd.O_RDONLY;
        this.appends = (flags & Fd.O_APPEND) != 0;
    }

    /** The open file; EIO or ESTALE if it cannot be opened any more after a take-over. */
    OpenFile file() throws ErrnoException {
        return file.get();
    }

    @Override
    boolean isRestored() {
        return file.isLate();
    }

    @Override
    void ensureOpen() throws ErrnoException {
        file.get();
    }

    /** A lock of it is lost: nothing may be done through it, but to close it. */
    void refuse() {
        file.refuse();
    }

    /** The open file; null if it was not used since a take-over. */
    OpenFile fileNow() {
        return file.now();
    }

    /** One descriptor of it was closed. */
    void flush() throws ErrnoException {
        if (file.now() != null || file.isRefused()) {
            file.get().flush();
        }
    }

    /** Whether it writes at the end of the file only. */
    boolean appends() {
        return appends;
    }

    boolean isWritable() {
        return writable;
    }

    /** Whether the kernel reads and writes it itself. */
    boolean isDirect() {
        return backing != 0;
    }

    /** What the kernel reads and writes it through, 0 for nothing. */
    int backing() {
        return backing;
    }

    void backing(int id) {
        backing = id;
    }

    /** Whether this is the first time that this is asked: a file's set-ids are looked at once a handle. */
    boolean isFirstCheckOfSetIds() {
        if (setIdsChecked) {
            return false;
        }
        setIdsChecked = true;
        return true;
    }

    /**
     * The file for pages that were changed in memory, which the kernel writes back through any handle that
     * permits writing: those belong where they are, not at the end.
     *
     * @param of the node that this is of
     */
    OpenFile inPlace(FileNode of, Requester by) throws ErrnoException {
        if (!appends) {
            return file.get();
        }
        synchronized (this) {
            if (inPlace == null) {
                inPlace = of.open(Fd.O_WRONLY, by);
            }
            return inPlace;
        }
    }

    /** That owner got a lock on records through this handle. */
    synchronized void lockedBy(long owner) {
        if (lockOwners == null) {
            lockOwners = new HashSet<>();
        }
        lockOwners.add(owner);
    }

    /** That owner's locks have ended. */
    synchronized void unlockedBy(long owner) {
        if (lockOwners != null) {
            lockOwners.remove(owner);
        }
    }

    /** Who may have locks on records through this handle still: those that belong to the open file itself (F_OFD_SETLK). */
    synchronized Set<Long> lockOwners() {
        return lockOwners == null ? Set.of() : Set.copyOf(lockOwners);
    }

    @Override
    void close() throws ErrnoException {
        try {
            if (inPlace != null) {
                inPlace.close();
            }
        } finally {
            file.close();
        }
    }
}
