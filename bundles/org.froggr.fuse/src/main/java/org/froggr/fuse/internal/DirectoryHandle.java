package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.OpenDirectory;

/** An open directory. */
final class DirectoryHandle extends Handle {
    private final OpenDirectory directory;

    DirectoryHandle(long node, OpenDirectory directory) {
        super(node);
        this.directory = directory;
    }

    OpenDirectory directory() {
        return directory;
    }

    @Override
    void close() throws ErrnoException {
        directory.close();
    }
}
