package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A read-only tree that notes who asks for directories to be made. */
final class Asked implements FileTree, FileNode {
    String last;

    @Override
    public FileNode root() {
        return this;
    }

    @Override
    public void space(FileSystemSpace out) {}

    @Override
    public FileNode lookup(FileName name, Attributes out) {
        return null;
    }

    @Override
    public void attributes(Attributes out) {
        out.mode = 0040755;
    }

    @Override
    public OpenFile open(int flags, Requester by) {
        throw new AssertionError("not asked for");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) {
        throw new AssertionError("not asked for");
    }

    @Override
    public FileNode makeDirectory(FileName name, int mode, Requester by, Attributes out) throws ErrnoException {
        last = by.uid() + " " + by.gid() + " " + by.pid() + " " + Integer.toOctalString(by.umask()) + " "
                + by.supplementaryGroup() + " " + name;
        return FileNode.super.makeDirectory(name, mode, by, out);
    }
}
