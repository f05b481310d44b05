package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/**
 * Which names mean something else after the members of a union have changed, of those that callers know: the
 * ones in directories that a changed member has.
 */
final class MembershipNews {
    enum Kind {
        ADDED_FIRST,
        ADDED_LAST,
        REMOVED,
        REORDERED
    }

    private final Head head;
    private final List<Member> changed;
    private final Kind kind;
    private final Set<DirectoryNode> affected = new HashSet<>();

    MembershipNews(Head head, List<Member> changed, Kind kind) {
        this.head = head;
        this.changed = changed;
        this.kind = kind;
    }

    /** Notes which directories the changed members have, before the change. */
    void before() {
        for (DirectoryNode directory : directories()) {
            note(directory, directory.lastView());
        }
    }

    private void note(DirectoryNode directory, View view) {
        if (view == null) {
            affected.add(directory);
            return;
        }
        for (Member member : changed) {
            if (view.in(member) != null || view.failing.contains(member)) {
                affected.add(directory);
            }
        }
    }

    private List<DirectoryNode> directories() {
        List<DirectoryNode> all = new ArrayList<>();
        all.add(head.rootDirectory());
        head.table.forEach(node -> {
            if (node instanceof DirectoryNode directory) {
                all.add(directory);
            }
        });
        return all;
    }

    /** Tells the listeners, after the change. Asks members: not to be called with a lock. */
    void tell() {
        if (!head.isWatched()) {
            return;
        }
        for (DirectoryNode directory : directories()) {
            if (directory.isRoot() || head.table.retainIfUsed(directory)) {
                noteNow(directory);
                directory.release(1);
            }
        }
        affected.forEach(head::contentsChanged);
        head.table.forEach(this::tell);
        head.negatives.tell();
    }

    private void noteNow(DirectoryNode directory) {
        try {
            note(directory, directory.view());
        } catch (ErrnoException | RuntimeException e) {
            affected.add(directory);
        }
    }

    private void tell(UnionNode node) {
        DirectoryNode parent = node.parent;
        byte[] name = node.name;
        if (parent == null || name == null || !affected.contains(parent)) {
            return;
        }
        boolean means = node instanceof PlainNode plain ? mayMeanAnother(plain) : meansAnother(node, parent, name);
        if (means) {
            head.entryChanged(parent, name);
        }
    }

    private boolean mayMeanAnother(PlainNode plain) {
        return switch (kind) {
            case ADDED_LAST -> false;
            case REMOVED -> changed.contains(plain.member);
            case ADDED_FIRST, REORDERED -> true;
        };
    }

    /** A directory that stays must not be told of: somebody may work in it. */
    private boolean meansAnother(UnionNode directory, DirectoryNode parent, byte[] name) {
        if (!parent.isRoot() && !head.table.retainIfUsed(parent)) {
            return true;
        }
        try {
            FileNode found = parent.lookup(FileName.of(name), new Attributes());
            if (found != null) {
                found.forget(1);
            }
            return found != directory;
        } catch (ErrnoException | RuntimeException e) {
            return true;
        } finally {
            parent.release(1);
        }
    }
}
