package org.froggr.namespace.internal;

import org.froggr.spi.tree.FileNode;

/**
 * A file of any type in the union. It knows a name of its, and keeps the directory of that name in use.
 *
 * <p>{@link #next} and {@link #uses} belong to the {@link NodeTable}; parent and name are changed by it alone.
 */
abstract class UnionNode implements FileNode {
    volatile DirectoryNode parent;

    /** Null if the file has lost the name it was known by. */
    volatile byte[] name;

    UnionNode next;

    /** Look-ups by the caller, children that are in use, open files. */
    int uses;

    UnionNode(DirectoryNode parent, byte[] name) {
        this.parent = parent;
        this.name = name;
    }

    abstract Head head();

    /** Of what the table finds it by. */
    abstract int hash();

    /** Nobody uses it any more. */
    abstract void dispose();

    /** One use more, of a node that is in use. */
    final void retain() {
        if (parent != null) {
            head().table.retain(this);
        }
    }

    /** Gives uses back. */
    final void release(long count) {
        // A root is used for as long as its union lives.
        if (parent != null && head().table.release(this, count)) {
            dispose();
            parent.release(1);
        }
    }

    @Override
    public final void forget(long lookups) {
        release(lookups);
    }
}
