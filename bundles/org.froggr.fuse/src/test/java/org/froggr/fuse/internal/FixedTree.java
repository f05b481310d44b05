package org.froggr.fuse.internal;

import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A directory with one file, which costs nothing: what is measured is what serves it. */
final class FixedTree implements FileTree, FileNode {
    static final byte[] NAME = {'f', 'i', 'l', 'e'};

    private final FileNode file = new FixedFile();
    private final OpenFile open = new FixedOpenFile();
    int size = 1 << 30;
    int descriptor = -1;
    int validityMillis;

    @Override
    public FileNode root() {
        return this;
    }

    @Override
    public void space(FileSystemSpace out) {}

    @Override
    public FileNode lookup(FileName name, Attributes out) {
        if (!name.is(NAME)) {
            return null;
        }
        file(out);
        return file;
    }

    private void file(Attributes out) {
        out.inode = 2;
        out.mode = 0100666;
        out.links = 1;
        out.size = size;
        out.validityMillis = out.entryValidityMillis = validityMillis;
    }

    @Override
    public void attributes(Attributes out) {
        out.inode = 1;
        out.mode = 0040755;
        out.links = 2;
        out.validityMillis = validityMillis;
    }

    @Override
    public OpenFile open(int flags, Requester by) {
        throw new AssertionError("the kernel opens directories otherwise");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) {
        throw new AssertionError("not asked for");
    }

    private final class FixedFile implements FileNode {
        @Override
        public FileNode lookup(FileName name, Attributes out) {
            return null;
        }

        @Override
        public void attributes(Attributes out) {
            file(out);
        }

        @Override
        public OpenFile open(int flags, Requester by) {
            return open;
        }

        @Override
        public OpenDirectory openDirectory(Requester by) {
            throw new AssertionError("not asked for");
        }
    }

    private final class FixedOpenFile implements OpenFile {
        @Override
        public void attributes(Attributes out) {
            file(out);
        }

        @Override
        public int read(long offset, IoBuffer into) {
            return into.length();
        }

        @Override
        public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) {
            return from.length();
        }

        @Override
        public int descriptor() {
            return descriptor;
        }

        @Override
        public void close() {}
    }
}
