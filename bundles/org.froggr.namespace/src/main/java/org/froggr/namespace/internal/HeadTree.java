package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TreeListener;

/** One union as a tree. */
final class HeadTree implements FileTree {
    private final Head head;

    HeadTree(Head head) {
        this.head = head;
    }

    @Override
    public FileNode root() {
        return head.root();
    }

    /** That of the member which gets what is new: how much room there is. */
    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        Member member = head.present().forSpace();
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        try {
            member.tree().space(out);
        } finally {
            member.gate.exit(stripe);
        }
    }

    @Override
    public FileNode find(byte[] persistentHandle) throws ErrnoException {
        UnionHandle handle = UnionHandle.parse(persistentHandle);
        return handle == null || handle.head() != head.number ? null : head.find(handle);
    }

    @Override
    public AutoCloseable watch(TreeListener listener) {
        return head.listeners.add(listener);
    }

    @Override
    public void sync() throws ErrnoException {
        ErrnoException failure = null;
        for (Member member : head.present().all) {
            int stripe = Gate.stripe();
            member.gate.enter(stripe);
            try {
                member.tree().sync();
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            } finally {
                member.gate.exit(stripe);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
