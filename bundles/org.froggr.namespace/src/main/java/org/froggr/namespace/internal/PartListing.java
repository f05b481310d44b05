package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.Requester;

/** An open directory of one member, which is replaced when the member's tree is exchanged. */
final class PartListing implements Handle {
    final Member member;
    final FileNode node;

    /** Of the directory, and so of most of what is in it. */
    final long device;

    private final DirectoryNode directory;
    private volatile OpenDirectory open;
    private boolean closed;

    private PartListing(DirectoryNode directory, Part part, OpenDirectory open, long device) {
        this.directory = directory;
        this.open = open;
        this.device = device;
        member = part.member;
        node = part.node;
        member.handles.add(this);
    }

    static PartListing open(DirectoryNode directory, Part part, Requester by) throws ErrnoException {
        int stripe = Gate.stripe();
        part.enter(stripe);
        try {
            Attributes attributes = new Attributes();
            attributes.clear();
            part.node.attributes(attributes);
            OpenDirectory open = part.node.openDirectory(by);
            return new PartListing(directory, part, open, attributes.device);
        } catch (RuntimeException e) {
            throw Member.broken(e);
        } finally {
            part.member.gate.exit(stripe);
        }
    }

    void read(long offset, DirectorySink sink) throws ErrnoException {
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        try {
            open.read(offset, sink);
        } finally {
            member.gate.exit(stripe);
        }
    }

    void sync(boolean dataOnly) throws ErrnoException {
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        try {
            open.sync(dataOnly);
        } finally {
            member.gate.exit(stripe);
        }
    }

    void close() throws ErrnoException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        member.handles.remove(this);
        open.close();
    }

    @Override
    public Reopened reopen(FileTree tree) throws ErrnoException {
        FileNode found = Paths.findAgain(directory, node, member.tree(), tree, new Attributes());
        try {
            return new Replacement(found.openDirectory(Platform.SELF));
        } finally {
            if (found != tree.root()) {
                found.forget(1);
            }
        }
    }

    private static void closeQuietly(OpenDirectory gone, Member of) {
        try {
            gone.close();
        } catch (ErrnoException | RuntimeException e) {
            of.head.say(of.bound.label() + ": cannot close a directory: " + e.getMessage());
        }
    }

    /** The directory in the new tree. */
    private final class Replacement implements Reopened {
        private final OpenDirectory reopened;

        Replacement(OpenDirectory reopened) {
            this.reopened = reopened;
        }

        @Override
        public void use() {
            OpenDirectory gone = reopened;
            synchronized (PartListing.this) {
                if (!closed) {
                    gone = open;
                    open = reopened;
                }
            }
            closeQuietly(gone, member);
        }

        @Override
        public void cancel() {
            closeQuietly(reopened, member);
        }
    }
}
