package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TreeListener;

/** All unions of a space: a directory with an entry for each. */
final class SpaceTree implements FileTree {
    private static final int BLOCK = 4096;
    private static final int NAME_MAX = 255;

    private final Space space;
    private final SpaceRoot root;

    SpaceTree(Space space) {
        this.space = space;
        root = new SpaceRoot(space);
    }

    @Override
    public FileNode root() {
        return root;
    }

    /** That of the first union: there is one answer for a mount. */
    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        for (Head head : space.heads()) {
            head.files().space(out);
            return;
        }
        out.blockSize = out.fragmentSize = BLOCK;
        out.nameLength = NAME_MAX;
    }

    @Override
    public FileNode find(byte[] persistentHandle) throws ErrnoException {
        UnionHandle handle = UnionHandle.parse(persistentHandle);
        Head head = handle == null ? null : space.find(Long.toString(handle.head()));
        return head == null ? null : head.find(handle);
    }

    @Override
    public AutoCloseable watch(TreeListener listener) {
        return space.listeners.add(listener);
    }

    @Override
    public void sync() throws ErrnoException {
        ErrnoException failure = null;
        for (Head head : space.heads()) {
            try {
                head.files().sync();
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
