package org.froggr.fuse.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/**
 * A directory where every name is an empty file, but those that begin with {@code slow} are read, and those that
 * begin with {@code stuck} are found, only when the test says so or the program is interrupted; likewise those that
 * begin with {@code opening} are opened.
 */
final class BlockingTree implements FileTree, FileNode {
    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger reading = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    /** Whether they all go on waiting when they are interrupted. */
    volatile boolean stubborn;

    @Override
    public FileNode root() {
        return this;
    }

    @Override
    public void space(FileSystemSpace out) {}

    @Override
    public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        Leaf leaf = new Leaf(name.toString());
        if (leaf.name.startsWith("stuck")) {
            awaitGate();
        }
        leaf.attributes(out);
        return leaf;
    }

    @Override
    public void attributes(Attributes out) {
        out.inode = 1;
        out.mode = 0040755;
        out.links = 2;
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EISDIR, "open");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EACCES, "opendir");
    }

    private void awaitGate() throws ErrnoException {
        do {
            await();
        } while (stubborn && gate.getCount() > 0);
    }

    private void await() throws ErrnoException {
        reading.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            if (!stubborn) {
                throw new ErrnoException(Errno.EINTR, "wait");
            }
        } finally {
            reading.decrementAndGet();
        }
    }

    private final class Leaf implements FileNode {
        private final String name;

        Leaf(String name) {
            this.name = name;
        }

        @Override
        public FileNode lookup(FileName child, Attributes out) throws ErrnoException {
            throw new ErrnoException(Errno.ENOTDIR, "lookup");
        }

        @Override
        public void attributes(Attributes out) {
            out.inode = 2 + name.hashCode();
            out.mode = 0100444;
            out.links = 1;
            out.size = 10;
        }

        @Override
        public OpenFile open(int flags, Requester by) throws ErrnoException {
            if ((flags & 3) != Fd.O_RDONLY) {
                throw new ErrnoException(Errno.EROFS, "open");
            }
            if (name.startsWith("opening")) {
                awaitGate();
            }
            open.incrementAndGet();
            return new OpenLeaf(this);
        }

        @Override
        public OpenDirectory openDirectory(Requester by) throws ErrnoException {
            throw new ErrnoException(Errno.ENOTDIR, "opendir");
        }
    }

    private final class OpenLeaf implements OpenFile {
        private final Leaf leaf;

        OpenLeaf(Leaf leaf) {
            this.leaf = leaf;
        }

        @Override
        public int read(long offset, IoBuffer into) throws ErrnoException {
            while (leaf.name.startsWith("slow") && gate.getCount() > 0) {
                await();
            }
            return 0;
        }

        @Override
        public void attributes(Attributes out) {
            leaf.attributes(out);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
