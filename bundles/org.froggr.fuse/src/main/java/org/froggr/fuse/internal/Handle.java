package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;

/** Something that the kernel has open: a file or a directory. */
abstract class Handle {
    private final long node;

    Handle(long node) {
        this.node = node;
    }

    /** Id of the node that it was opened on. */
    long node() {
        return node;
    }

    /** Closes it; nobody uses it any more. */
    abstract void close() throws ErrnoException;
}
