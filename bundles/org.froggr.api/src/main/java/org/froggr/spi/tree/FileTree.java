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

    /**
     * The file of a {@link FileNode#persistentHandle}, looked up once; also one that has no name any more but that
     * something keeps. Another tree of the same files understands it, as after a restart.
     *
     * @return null if it is not there, or if this tree has no such handles
     */
    default FileNode find(byte[] persistentHandle) throws ErrnoException {
        return null;
    }

    /** Writes everything out: syncfs(2). */
    default void sync() throws ErrnoException {}
}
