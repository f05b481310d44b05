package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;

/** Something that the kernel has open: a file or a directory. */
abstract class Handle {
    private final long node;
    private final int flags;
    private final long unique;
    private long number;

    /**
     * @param unique number of the request that opens it
     * @param flags of open(2)
     */
    Handle(long node, int flags, long unique) {
        this.node = node;
        this.flags = flags;
        this.unique = unique;
    }

    /** Id of the node that it was opened on. */
    long node() {
        return node;
    }

    int flags() {
        return flags;
    }

    long unique() {
        return unique;
    }

    /** What the kernel knows it by. */
    long number() {
        return number;
    }

    void number(long newNumber) {
        number = newNumber;
    }

    /** Whether another process opened it. */
    abstract boolean isRestored();

    /** Has it open in the tree, which after a take-over it is not until it is used. */
    abstract void ensureOpen() throws ErrnoException;

    /** Closes it; nobody uses it any more. */
    abstract void close() throws ErrnoException;
}
