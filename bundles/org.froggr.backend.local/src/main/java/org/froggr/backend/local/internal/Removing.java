package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.RawNames;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/**
 * Takes names away, and moves them. What a name meant is looked at before, so that the node of what is gone
 * is told from a later file of the same inode number.
 */
final class Removing {
    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;
    private static final int RENAME_FLAGS = At.RENAME_NOREPLACE | At.RENAME_EXCHANGE;

    private final LocalTree tree;

    Removing(LocalTree tree) {
        this.tree = tree;
    }

    /** @param flags 0, or AT_REMOVEDIR */
    void remove(LocalDirectory in, FileName name, int flags) throws ErrnoException {
        String operation = flags == 0 ? "unlink" : "rmdir";
        tree.checkWritable(operation);
        ThreadMemory memory = ThreadMemory.current();
        Descriptor here = tree.reach().directory(in);
        try {
            long address = Names.first(name, memory);
            Victim victim = Victim.at(tree, in, here.fd(), address, false, memory);
            tree.coherence().expect(in, name, 1);
            int result = RawNames.unlink(here.fd(), address, flags);
            if (result < 0) {
                tree.coherence().cancel(in, name, 1);
                victim.spare();
                throw Failure.of(result, operation);
            }
            victim.lost(in, name);
        } finally {
            here.unpin();
        }
        tree.disposeDropped();
    }

    void rename(LocalDirectory in, FileName name, FileNode to, FileName newName, int flags) throws ErrnoException {
        tree.checkWritable("rename");
        if ((flags & ~RENAME_FLAGS) != 0 || flags == RENAME_FLAGS) {
            throw new ErrnoException(Errno.EINVAL, "rename");
        }
        if (!(tree.own(to) instanceof LocalDirectory target)) {
            throw new ErrnoException(Errno.ENOTDIR, "rename");
        }
        Descriptor here = tree.reach().directory(in);
        try {
            Descriptor there = tree.reach().directory(target);
            try {
                rename(in, here.fd(), name, target, there.fd(), newName, flags);
            } finally {
                there.unpin();
            }
        } finally {
            here.unpin();
        }
        tree.disposeDropped();
    }

    private void rename(
            LocalDirectory in, int here, FileName name, LocalDirectory target, int there, FileName newName, int flags)
            throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        long from = Names.first(name, memory);
        long onto = Names.second(newName, memory);
        boolean exchange = (flags & At.RENAME_EXCHANGE) != 0;
        LocalNode moved = look(in, here, from, memory);
        LocalNode other = exchange ? look(target, there, onto, memory) : null;
        Victim victim = exchange ? Victim.NONE : Victim.at(tree, target, there, onto, true, memory);
        int events = exchange ? 2 : 1;
        tree.coherence().expect(in, name, events);
        tree.coherence().expect(target, newName, events);
        int result = RawNames.rename(here, from, there, onto, flags);
        if (result < 0) {
            tree.coherence().cancel(in, name, events);
            tree.coherence().cancel(target, newName, events);
            victim.spare();
            throw Failure.of(result, "rename");
        }
        if (moved != null && victim.is(moved)) {
            // Two names of one file: rename(2) does nothing then.
            tree.coherence().cancel(in, name, events);
            tree.coherence().cancel(target, newName, events);
            victim.spare();
            return;
        }
        victim.lost(target, newName);
        if (moved != null) {
            tree.nodes().renamed(moved, in, name, target, newName);
        }
        if (other != null) {
            tree.nodes().renamed(other, target, newName, in, name);
        }
    }

    /** The node that a name means now, if it is in use. */
    private LocalNode look(LocalDirectory in, int dir, long name, ThreadMemory memory) {
        if (RawFiles.stat(dir, name, LOOK, memory.stat()) < 0) {
            return null;
        }
        return tree.nodes().find(tree.mounts().of(memory.stat(), in.mount, dir, name), memory.stat());
    }
}
