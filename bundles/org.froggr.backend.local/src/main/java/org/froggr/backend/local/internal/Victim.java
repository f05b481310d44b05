package org.froggr.backend.local.internal;

import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;

/**
 * A file that is about to lose a name. If it is the last one, who still uses the node goes on with a
 * descriptor: of a directory, FIFO, device or socket one is kept, of a regular file those that have it open
 * have one. (To keep one of every regular file would keep its space until the kernel has forgotten it. One of a
 * small file that is replaced is kept for a moment.)
 */
final class Victim {
    static final Victim NONE = new Victim(null, null, false);

    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;

    private final LocalNode node;
    private final Descriptor kept;
    private final boolean last;

    private Victim(LocalNode node, Descriptor kept, boolean last) {
        this.node = node;
        this.kept = kept;
        this.last = last;
    }

    /**
     * What that name means, if its node is in use.
     *
     * @param replaced whether something else will have the name
     */
    static Victim at(
            LocalTree tree, LocalDirectory in, int dir, long name, boolean replaced, ThreadMemory memory) {
        if (RawFiles.stat(dir, name, LOOK, memory.stat()) < 0) {
            return NONE;
        }
        LocalNode node = tree.nodes().find(tree.mounts().of(memory.stat(), in.mount, dir, name), memory.stat());
        if (node == null) {
            return NONE;
        }
        boolean last = node.isDirectory() || memory.stat().links() == 1;
        boolean wanted = replaced && node.isRegular() && Replaced.isSmall(memory.stat().blocks());
        return new Victim(node, last ? keep(tree, node, dir, name, wanted, memory) : null, last);
    }

    private static Descriptor keep(
            LocalTree tree, LocalNode node, int dir, long name, boolean wanted, ThreadMemory memory) {
        if (!wanted && (node.isRegular() || node.isSymlink())) {
            return null;
        }
        if (node instanceof LocalDirectory directory) {
            Descriptor existing = tree.cache().pinExisting(directory);
            if (existing != null) {
                return existing;
            }
        }
        int fd = RawFiles.open(dir, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0);
        if (fd < 0) {
            return null;
        }
        Descriptor opened = Descriptor.path(fd);
        if (RawFiles.stat(fd, memory.stat()) < 0 || !node.isSame(memory.stat())) {
            opened.unpin();
            return null;
        }
        return node instanceof LocalDirectory directory ? tree.cache().add(directory, opened) : opened;
    }

    boolean is(LocalNode other) {
        return node == other;
    }

    /** It keeps its name after all. */
    void spare() {
        if (kept != null) {
            kept.unpin();
        }
    }

    /** It has lost it. */
    void lost(LocalDirectory in, FileName name) {
        if (node == null) {
            return;
        }
        LocalTree tree = node.tree();
        if (node instanceof LocalDirectory directory) {
            if (kept != null) {
                tree.cache().retain(directory, kept);
                kept.unpin();
            }
        } else if (kept != null && tree.nodes().hold(node, kept)) {
            if (node.isRegular()) {
                tree.replaced().add(node);
            }
        } else {
            spare();
        }
        tree.nodes().unnamed(node, in, name, last);
    }
}
