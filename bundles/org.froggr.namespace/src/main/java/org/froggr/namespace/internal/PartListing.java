package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OwnRequest;
import org.froggr.spi.tree.Requester;

/** An open directory of one member, which is replaced when the member's tree is exchanged. */
final class PartListing extends Handle {
    final Member member;

    /** Of the member in the union, when this was opened. */
    final int place;

    /** Of the directory, and so of most of what is in it. */
    final long device;

    /** For how long nothing in the directory changed from when this was opened on, unless that is told of. */
    final int validityMillis;

    private final DirectoryNode directory;
    private volatile OpenDirectory open;

    private volatile FileNode node;

    /** {@link #node}, if there is a look-up of it to give back. */
    private FileNode lookedUp;

    private volatile boolean kept;
    private boolean closed;

    private PartListing(DirectoryNode directory, Part part, int place, OpenDirectory open, Attributes of) {
        this.directory = directory;
        this.place = place;
        this.open = open;
        device = of.device;
        validityMillis = of.validityMillis;
        member = part.member;
        node = part.node;
        member.handles.add(this);
    }

    static PartListing open(DirectoryNode directory, Part part, int place, Requester by) throws ErrnoException {
        int stripe = Gate.stripe();
        part.enter(stripe);
        try {
            Attributes attributes = new Attributes();
            attributes.clear();
            part.node.attributes(attributes);
            OpenDirectory open = part.node.openDirectory(by);
            return new PartListing(directory, part, place, open, attributes);
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

    /** Looks up a name; false if it is not there, or cannot be looked up without waiting. */
    boolean look(FileName name, Attributes out) {
        int stripe = Gate.stripe();
        if (!member.gate.tryEnter(stripe)) {
            return false;
        }
        try {
            if (kept) {
                return false;
            }
            out.clear();
            FileNode found = node.lookup(name, out);
            forget(found);
            return found != null;
        } catch (ErrnoException | RuntimeException e) {
            return false;
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
        try {
            open.close();
        } finally {
            forget(lookedUp);
        }
    }

    /** The directory in the tree that it is open in. */
    FileNode node() {
        return node;
    }

    private static void forget(FileNode looked) {
        if (looked != null) {
            looked.forget(1);
        }
    }

    @Override
    boolean isKnownAs(DirectoryNode parent, FileName name) {
        return false;
    }

    @Override
    Reopened reopen(FileTree tree) throws ErrnoException {
        FileNode found =
                kept ? null : Paths.findAgain(directory, node, member.tree(), tree, new Attributes());
        if (found == null) {
            return new Keeping();
        }
        FileNode looked = found == tree.root() ? null : found;
        try {
            return new Replacement(found.openDirectory(OwnRequest.SELF), found, looked);
        } catch (ErrnoException | RuntimeException e) {
            forget(looked);
            throw e;
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
        private final FileNode found;
        private final FileNode looked;

        Replacement(OpenDirectory reopened, FileNode found, FileNode looked) {
            this.reopened = reopened;
            this.found = found;
            this.looked = looked;
        }

        @Override
        public void use() {
            OpenDirectory gone = reopened;
            FileNode forgotten = looked;
            synchronized (PartListing.this) {
                if (!closed) {
                    gone = open;
                    open = reopened;
                    node = found;
                    forgotten = lookedUp;
                    lookedUp = looked;
                }
            }
            closeQuietly(gone, member);
            forget(forgotten);
        }

        @Override
        public void cancel() {
            closeQuietly(reopened, member);
            forget(looked);
        }
    }

    /** It has no name any more. */
    private final class Keeping implements Reopened {
        @Override
        public void use() {
            kept = true;
        }

        @Override
        public void cancel() {}
    }
}
