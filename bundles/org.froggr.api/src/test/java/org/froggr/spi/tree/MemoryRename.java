package org.froggr.spi.tree;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** One renameat2(2), with the checks in the order of fs/namei.c. The tree's lock is held. */
final class MemoryRename {
    // linux/fs.h
    private static final int NOREPLACE = 1;
    private static final int EXCHANGE = 2;

    private final MemoryNode from;
    private final ByteKey name;
    private final MemoryNode to;
    private final ByteKey newName;

    MemoryRename(MemoryNode from, ByteKey name, MemoryNode to, ByteKey newName) {
        this.from = from;
        this.name = name;
        this.to = to;
        this.newName = newName;
    }

    void perform(int flags) throws ErrnoException {
        if ((flags & ~(NOREPLACE | EXCHANGE)) != 0 || flags == (NOREPLACE | EXCHANGE)) {
            throw error(Errno.EINVAL);
        }
        if (!to.isDirectory()) {
            throw error(Errno.ENOTDIR);
        }
        MemoryNode moved = from.present(name, "rename");
        MemoryNode replaced = to.directory.get(newName);
        if (replaced != null && flags == NOREPLACE) {
            throw error(Errno.EEXIST);
        }
        if (replaced == null && (flags == EXCHANGE || to.links == 0)) {
            throw error(Errno.ENOENT);
        }
        if (isInside(to, moved)) {
            throw error(Errno.EINVAL);
        }
        if (replaced != null && isInside(from, replaced)) {
            throw error(flags == EXCHANGE ? Errno.EINVAL : Errno.ENOTEMPTY);
        }
        if (moved == replaced) {
            return;
        }
        from.tree.checkChange();
        if (flags == EXCHANGE) {
            exchange(moved, replaced);
        } else {
            move(moved, replaced);
        }
        from.modified();
        to.modified();
    }

    private static boolean isInside(MemoryNode directory, MemoryNode above) {
        MemoryNode node = directory;
        while (node != above && node.parent != node) {
            node = node.parent;
        }
        return node == above;
    }

    private void exchange(MemoryNode one, MemoryNode other) {
        from.directory.put(name, other);
        to.directory.put(newName, one);
        setParent(one, from, to);
        setParent(other, to, from);
        one.changed();
        other.changed();
    }

    private void move(MemoryNode moved, MemoryNode replaced) throws ErrnoException {
        if (replaced != null) {
            checkReplaceable(moved, replaced);
            to.lost(replaced);
        }
        from.directory.remove(name);
        to.directory.put(newName, moved);
        setParent(moved, from, to);
        moved.changed();
    }

    private static void checkReplaceable(MemoryNode moved, MemoryNode replaced) throws ErrnoException {
        if (moved.isDirectory() && !replaced.isDirectory()) {
            throw error(Errno.ENOTDIR);
        }
        if (!moved.isDirectory() && replaced.isDirectory()) {
            throw error(Errno.EISDIR);
        }
        if (replaced.isDirectory() && !replaced.directory.isEmpty()) {
            throw error(Errno.ENOTEMPTY);
        }
    }

    private static void setParent(MemoryNode node, MemoryNode before, MemoryNode after) {
        if (node.isDirectory()) {
            node.parent = after;
            before.links--;
            after.links++;
        }
    }

    private static ErrnoException error(Errno errno) {
        return MemoryNode.error(errno, "rename");
    }
}
