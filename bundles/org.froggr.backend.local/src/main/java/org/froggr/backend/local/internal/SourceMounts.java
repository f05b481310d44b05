package org.froggr.backend.local.internal;

import java.util.Arrays;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;

/** The mounts that files of a tree were met on: few, that of the root first. */
final class SourceMounts {
    private final LocalTree tree;
    private volatile SourceMount[] all = {};

    SourceMounts(LocalTree tree) {
        this.tree = tree;
    }

    /**
     * The mount of what was just looked at.
     *
     * @param likely tried first
     * @param name in that directory; the empty string for the descriptor itself
     */
    SourceMount of(StatxBuffer stat, SourceMount likely, int dir, long name) {
        if (likely != null && likely.has(stat)) {
            return likely;
        }
        for (SourceMount mount : all) {
            if (mount.has(stat)) {
                return mount;
            }
        }
        return add(stat, typeOf(dir, name));
    }

    /** One that was met, or null. */
    SourceMount find(int id, long device) {
        for (SourceMount mount : all) {
            if ((int) mount.mountId() == id && mount.device() == device) {
                return mount;
            }
        }
        return null;
    }

    private static long typeOf(int dir, long name) {
        ThreadMemory memory = ThreadMemory.current();
        if (name == ThreadMemory.EMPTY) {
            return SourceMount.typeOf(dir, memory);
        }
        int fd = RawFiles.open(dir, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0);
        if (fd < 0) {
            return 0;
        }
        long type = SourceMount.typeOf(fd, memory);
        RawFiles.close(fd);
        return type;
    }

    private synchronized SourceMount add(StatxBuffer stat, long type) {
        for (SourceMount mount : all) {
            if (mount.has(stat)) {
                return mount;
            }
        }
        SourceMount[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = new SourceMount(tree, stat, type, all.length == 0);
        all = more;
        return more[more.length - 1];
    }
}
