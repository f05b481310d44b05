package org.froggr.spi.tree;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/** A tree of files. What serves it asks {@link #root} once and goes on from there. */
@ConsumerType
public interface FileTree {
    /** The root, which is a directory or a file; the same object for the tree's whole life, and never forgotten. */
    FileNode root();

    /** Sizes and limits, as statvfs(3) has them. */
    void space(FileSystemSpace out) throws ErrnoException;

    /**
     * Tells a listener of changes that did not come through this tree, from now on. A tree that cannot
     * notice such changes ignores it, and gives short validities in its {@link Attributes}.
     *
     * @return what ends it; the listener may be called until that has returned
     */
    default AutoCloseable watch(TreeListener listener) {
        return () -> {};
    }

    /** Writes everything out: syncfs(2). */
    default void sync() throws ErrnoException {}
}
