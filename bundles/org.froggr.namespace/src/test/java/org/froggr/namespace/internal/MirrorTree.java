package org.froggr.namespace.internal;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/**
 * Another view of a tree with nodes of its own, as a backend that was replaced would have. After {@link #stop}
 * nobody may use it; who does is counted.
 */
final class MirrorTree implements FileTree {
    private final FileTree tree;
    private final Map<FileNode, Node> nodes = new IdentityHashMap<>();
    private final Node root;
    private final Killer killer;
    private volatile boolean stopped;

    /** Uses after the end, but for those of what was open. */
    final AtomicInteger usedAfterStop = new AtomicInteger();

    /** Uses of what was open, after the end: right only for what had lost its name. */
    final AtomicInteger keptUses = new AtomicInteger();

    /** Open files and directories. */
    final AtomicInteger handles = new AtomicInteger();

    /** Look-ups that were not given back. */
    final AtomicLong lookups = new AtomicLong();

    /** Look-ups, and questions for attributes. */
    final AtomicInteger asked = new AtomicInteger();

    MirrorTree(FileTree tree) {
        this(tree, new Killer(0));
    }

    /** One that is used by a process that will be killed. */
    MirrorTree(FileTree tree, Killer killer) {
        this.tree = tree;
        this.killer = killer;
        root = new Node(tree.root());
        nodes.put(tree.root(), root);
    }

    void stop() {
        stopped = true;
    }

    private void check() {
        killer.check();
        if (stopped) {
            usedAfterStop.incrementAndGet();
        }
    }

    private void checkOpen() {
        killer.check();
        if (stopped) {
            keptUses.incrementAndGet();
        }
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        tree.space(out);
    }

    /** Takes one look-up of the inner node. */
    private synchronized Node of(FileNode inner) {
        if (inner == null) {
            return null;
        }
        lookups.incrementAndGet();
        Node node = nodes.computeIfAbsent(inner, Node::new);
        node.uses++;
        return node;
    }

    private synchronized void forget(Node node, long count) {
        lookups.addAndGet(-count);
        node.uses -= count;
        if (node.uses < 0) {
            throw new IllegalStateException("more look-ups given back than there were");
        }
        if (node.uses == 0) {
            nodes.remove(node.inner);
        }
    }

    /** A file. */
    private final class Node implements FileNode {
        private final FileNode inner;
        private long uses;

        Node(FileNode inner) {
            this.inner = inner;
        }

        @Override
        public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
            check();
            asked.incrementAndGet();
            return of(inner.lookup(name, out));
        }

        @Override
        public void attributes(Attributes out) throws ErrnoException {
            check();
            asked.incrementAndGet();
            inner.attributes(out);
        }

        @Override
        public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
            check();
            inner.change(changes, by, out);
            killer.changed();
        }

        @Override
        public byte[] readLink() throws ErrnoException {
            check();
            return inner.readLink();
        }

        @Override
        public OpenFile open(int flags, Requester by) throws ErrnoException {
            check();
            return new File(inner.open(flags, by));
        }

        @Override
        public OpenDirectory openDirectory(Requester by) throws ErrnoException {
            check();
            return new Directory(inner.openDirectory(by));
        }

        @Override
        public CreatedFile create(FileName name, int flags, int mode, Requester by, Attributes out)
                throws ErrnoException {
            check();
            CreatedFile made = inner.create(name, flags, mode, by, out);
            killer.changed();
            return CreatedFile.of(of(made.node()), new File(made.file()));
        }

        @Override
        public FileNode makeDirectory(FileName name, int mode, Requester by, Attributes out) throws ErrnoException {
            check();
            FileNode made = inner.makeDirectory(name, mode, by, out);
            killer.changed();
            return of(made);
        }

        @Override
        public FileNode makeSymlink(FileName name, byte[] target, Requester by, Attributes out)
                throws ErrnoException {
            check();
            return of(inner.makeSymlink(name, target, by, out));
        }

        @Override
        public FileNode link(FileNode file, FileName name, Requester by, Attributes out) throws ErrnoException {
            check();
            return of(inner.link(((Node) file).inner, name, by, out));
        }

        @Override
        public void unlink(FileName name, Requester by) throws ErrnoException {
            check();
            inner.unlink(name, by);
            killer.changed();
        }

        @Override
        public void removeDirectory(FileName name, Requester by) throws ErrnoException {
            check();
            inner.removeDirectory(name, by);
            killer.changed();
        }

        @Override
        public void rename(FileName name, FileNode to, FileName newName, int flags, Requester by)
                throws ErrnoException {
            check();
            inner.rename(name, ((Node) to).inner, newName, flags, by);
            killer.changed();
        }

        @Override
        public void forget(long count) {
            MirrorTree.this.forget(this, count);
            inner.forget(count);
        }
    }

    /** An open file. */
    private final class File implements OpenFile {
        private final OpenFile inner;

        File(OpenFile inner) {
            this.inner = inner;
            handles.incrementAndGet();
        }

        @Override
        public int read(long offset, IoBuffer into) throws ErrnoException {
            checkOpen();
            return inner.read(offset, into);
        }

        @Override
        public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
            checkOpen();
            return inner.write(offset, from, clearSetIds, by);
        }

        @Override
        public void attributes(Attributes out) throws ErrnoException {
            checkOpen();
            inner.attributes(out);
        }

        @Override
        public void close() throws ErrnoException {
            handles.decrementAndGet();
            inner.close();
        }
    }

    /** An open directory. */
    private final class Directory implements OpenDirectory {
        private final OpenDirectory inner;

        Directory(OpenDirectory inner) {
            this.inner = inner;
            handles.incrementAndGet();
        }

        @Override
        public void read(long offset, DirectorySink sink) throws ErrnoException {
            checkOpen();
            inner.read(offset, sink);
        }

        @Override
        public void close() throws ErrnoException {
            handles.decrementAndGet();
            inner.close();
        }
    }
}
