package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.OpenDirectory;

/** An open directory. */
final class DirectoryHandle extends Handle {
    private final Late<OpenDirectory> directory;

    DirectoryHandle(long node, OpenDirectory directory, int flags, long unique) {
        this(node, Late.of(directory), flags, unique);
    }

    DirectoryHandle(long node, Late<OpenDirectory> directory, int flags, long unique) {
        super(node, flags, unique);
        this.directory = directory;
    }

    /** The open directory; ESTALE if it cannot be found any more after a take-over. */
    OpenDirectory directory() throws ErrnoException {
        return directory.get();
    }

    @Override
    boolean isRestored() {
        return directory.isLate();
    }

    @Override
    void ensureOpen() throws ErrnoException {
        directory.get();
    }

    @Override
    void close() throws ErrnoException {
        directory.close();
    }
}
