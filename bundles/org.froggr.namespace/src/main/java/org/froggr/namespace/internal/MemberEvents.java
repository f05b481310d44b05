package org.froggr.namespace.internal;

import java.util.function.Consumer;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.TreeListener;

/** Hears of changes in a member that did not come through it, and tells those who watch the union. */
final class MemberEvents implements TreeListener {
    private final Member member;
    private final Head head;

    MemberEvents(Member member) {
        this.member = member;
        head = member.head;
    }

    private DirectoryNode directory(FileNode node) {
        if (node == member.tree().root()) {
            return head.rootDirectory();
        }
        return member.directories.get(node);
    }

    @Override
    public void entryChanged(FileNode directory, byte[] name) {
        if (!head.present().isOne()) {
            // The name may be that of a directory which is, or was, part of one of the union.
            head.invalidateViews();
        }
        DirectoryNode shown = directory(directory);
        if (shown != null) {
            shown.changed();
            head.entryChanged(shown, name);
        }
    }

    @Override
    public void attributesChanged(FileNode node) {
        tell(node, head::attributesChanged);
    }

    @Override
    public void contentsChanged(FileNode node) {
        DirectoryNode shown = directory(node);
        if (shown != null) {
            shown.changed();
        }
        tell(node, head::contentsChanged);
    }

    private void tell(FileNode node, Consumer<UnionNode> news) {
        DirectoryNode directory = directory(node);
        if (directory != null) {
            news.accept(directory);
            return;
        }
        PlainNode plain = head.table.find(member, node);
        if (plain != null) {
            news.accept(plain);
            plain.release(1);
        }
    }
}
