package org.froggr.namespace.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/**
 * Exchanges the tree of a member under programs that use it.
 *
 * <p>Invariant: until step 4 everybody uses the old tree, from then on the new one; nobody is inside the gate
 * while it changes.
 *
 * <ol>
 *   <li>Close the gate: new operations wait.
 *   <li>Wait until those in flight have ended.
 *   <li>Open every file and directory that is open by its name in the new tree.
 *   <li>Put the new tree in place; nodes of the old one are found by their names from now on.
 *   <li>Use the new files, close the old ones, open the gate.
 * </ol>
 *
 * <p>A failure in step 2 or 3 closes what step 3 has opened, and opens the gate.
 */
final class Exchange {
    private final Member member;
    private final FileTree tree;
    private final List<Handle.Reopened> reopened = new ArrayList<>();

    /** Files that have lost their names, in the new tree. */
    private final Map<PlainNode, FileNode> nameless = new HashMap<>();

    Exchange(Member member, FileTree tree) {
        this.member = member;
        this.tree = tree;
    }

    void perform(Duration limit) throws ErrnoException {
        member.gate.close();
        try {
            drain(limit);
            reopen();
            findNameless();
            member.unwatch();
            member.replaceTree(tree);
            member.head.table.forEach(node -> {
                if (node instanceof PlainNode plain && plain.member == member) {
                    plain.makeStale();
                }
            });
            if (member.head.root() instanceof PlainNode root && root.member == member) {
                root.makeStale();
            }
            nameless.forEach((node, found) -> {
                if (!node.adopt(found, member.epoch())) {
                    found.forget(1);
                }
            });
            member.head.invalidateViews();
            member.watch();
            reopened.forEach(Handle.Reopened::use);
        } finally {
            member.gate.open();
        }
    }

    private void drain(Duration limit) throws ErrnoException {
        try {
            if (!member.gate.drain(limit)) {
                throw new ErrnoException(Errno.ETIMEDOUT, "exchange");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, "exchange");
        }
    }

    /** Somebody may know them without having them open here: the kernel keeps what it reads by itself. */
    private void findNameless() {
        List<PlainNode> nodes = new ArrayList<>();
        member.head.table.forEach(node -> {
            if (node instanceof PlainNode plain && plain.member == member && plain.name == null && !plain.isByName()) {
                nodes.add(plain);
            }
        });
        for (PlainNode node : nodes) {
            try {
                byte[] handle = node.node().persistentHandle();
                FileNode found = handle == null ? null : tree.find(handle);
                if (found != null) {
                    nameless.put(node, found);
                }
            } catch (ErrnoException | RuntimeException | LinkageError e) {
                member.head.say(member.bound.label() + ": a file without a name is lost: " + e.getMessage());
            }
        }
    }

    private void reopen() throws ErrnoException {
        try {
            for (Handle handle : member.handles.all()) {
                reopened.add(handle.reopen(tree));
            }
        } catch (ErrnoException | RuntimeException e) {
            reopened.forEach(Handle.Reopened::cancel);
            throw e;
        }
    }
}
