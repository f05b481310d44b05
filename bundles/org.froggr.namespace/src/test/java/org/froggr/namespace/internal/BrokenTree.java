package org.froggr.namespace.internal;

import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A tree of a bundle that was stopped. */
final class BrokenTree implements FileTree, FileNode {
    private static IllegalStateException stopped() {
        return new IllegalStateException("stopped");
    }

    @Override
    public FileNode root() {
        return this;
    }

    @Override
    public void space(FileSystemSpace out) {
        throw stopped();
    }

    @Override
    public FileNode lookup(FileName name, Attributes out) {
        throw stopped();
    }

    @Override
    public void attributes(Attributes out) {
        out.mode = 0040755;
    }

    @Override
    public OpenFile open(int flags, Requester by) {
        throw stopped();
    }

    @Override
    public OpenDirectory openDirectory(Requester by) {
        throw stopped();
    }
}
