package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TreeUser;

/** A tree whose root is a file. */
final class FileAsTree implements FileTree {
    private final MemoryTree tree;
    private final FileNode file;

    FileAsTree(MemoryTree tree, String name) throws ErrnoException {
        this.tree = tree;
        TreeUser user = new TreeUser(tree);
        file = user.node(name);
        user.forgetAll();
    }

    @Override
    public FileNode root() {
        return file;
    }

    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        tree.space(out);
    }
}
