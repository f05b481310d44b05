package org.froggr.namespace.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/** What the union knows of a file that is no directory: which it is in its member, and its place. 40 bytes. */
abstract class PlainState extends UnionNode {
    /** {@link #epoch} of one whose node is of an exchanged tree. */
    private static final int BY_NAME = -1;

    final Member member;

    /** Holds one look-up. */
    private volatile FileNode node;

    private volatile int epoch;

    PlainState(DirectoryNode parent, byte[] name, Member member, FileNode node, int epoch) {
        super(parent, name);
        this.member = member;
        this.node = node;
        this.epoch = epoch;
    }

    @Override
    Head head() {
        return member.head;
    }

    FileNode node() {
        return node;
    }

    @Override
    int hash() {
        return isByName() ? NodeTable.hash(parent, name) : NodeTable.hash(node);
    }

    /** Whether it is found by its name at present. */
    boolean isByName() {
        return epoch == BY_NAME;
    }

    boolean shows(Member ofMember, FileNode memberNode) {
        return node == memberNode && member == ofMember && !isByName();
    }

    @Override
    void dispose() {
        node.forget(1);
    }

    /** The node in the member's present tree. The caller is inside the member's gate. */
    FileNode here() throws ErrnoException {
        return epoch == member.epoch() ? node : resolve();
    }

    private FileNode resolve() throws ErrnoException {
        Attributes out = new Attributes();
        int newEpoch = member.epoch();
        FileNode found = Paths.walk(member.tree(), Paths.of(this), out);
        if (found != null && out.isDirectory() && parent != null) {
            found.forget(1);
        }
        if (found == null || out.isDirectory()) {
            throw new ErrnoException(Errno.ESTALE, "union");
        }
        if (!adopt(found, newEpoch)) {
            found.forget(1);
        }
        return node;
    }

    /** The member's tree was exchanged: the node belongs to one that is going. Nobody is inside the gate. */
    void makeStale() {
        if (parent == null || isByName()) {
            epoch = BY_NAME;
            return;
        }
        head().table.rekey(this, NodeTable.hash(parent, name), () -> epoch = BY_NAME);
    }

    /**
     * Takes a node of the member's present tree, with its look-up.
     *
     * @return false if it has another one of that tree already; the look-up is still the caller's
     */
    synchronized boolean adopt(FileNode found, int newEpoch) {
        if (parent == null) {
            node = found;
            epoch = newEpoch;
        } else if (epoch == newEpoch) {
            if (node != found) {
                return false;
            }
            found.forget(1);
        } else {
            FileNode old = node;
            head().table.rekey(this, NodeTable.hash(found), () -> {
                node = found;
                epoch = newEpoch;
            });
            old.forget(1);
        }
        return true;
    }

    /**
     * It was renamed, or is known by another name now. The caller has it in use, and is inside the member's gate:
     * it is not found by its name.
     */
    void place(DirectoryNode newParent, byte[] newName) {
        newParent.retain();
        DirectoryNode before;
        synchronized (this) {
            before = parent;
            parent = newParent;
            name = newName;
        }
        before.release(1);
    }

    /** A name of it was removed: if it is the one known, none is known now. As {@link #place}. */
    synchronized void lose(DirectoryNode directory, FileName gone) {
        byte[] known = name;
        if (parent == directory && known != null && gone.is(known)) {
            name = null;
        }
    }

    /** The name that is known means another file by now. */
    synchronized void loseName() {
        if (parent != null && !isByName()) {
            name = null;
        }
    }
}
