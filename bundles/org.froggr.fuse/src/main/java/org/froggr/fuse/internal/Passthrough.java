package org.froggr.fuse.internal;

import java.util.HashMap;
import java.util.Map;
import org.froggr.api.Errno;
import org.froggr.spi.tree.OpenFile;

/**
 * Which open files the kernel reads and writes itself (FOPEN_PASSTHROUGH).
 *
 * <p>The kernel's rule (linux/fs/fuse/iomode.c): a file is open either through its page cache or through one
 * backing file, never both at a time; an open that breaks this fails with EIO. So the first open of a node
 * decides for all until the last is closed, and all share one backing id; the kernel opens the backing file
 * anew for each, with the flags of each. Decisions are made one at a time. The kernel has ended the mode of a
 * handle before it sends RELEASE, so a decision may be late but is never early.
 */
final class Passthrough {
    private static final class Opens {
        int cached;
        int direct;
        int backingId;
    }

    private final KernelChannel channel;
    private final Complaints complaints;
    private final boolean agreed;
    private final Map<Long, Opens> opens = new HashMap<>();
    private boolean refused;

    Passthrough(KernelChannel channel, boolean agreed, Complaints complaints) {
        this.channel = channel;
        this.agreed = agreed;
        this.complaints = complaints;
    }

    /** Notes a file that was open when another process served, through that backing id or none. */
    synchronized void restored(FileHandle handle, int backingId) {
        Opens of = opens.computeIfAbsent(handle.node(), id -> new Opens());
        handle.backing(backingId);
        if (backingId == 0) {
            of.cached++;
        } else {
            of.backingId = backingId;
            of.direct++;
        }
    }

    /** Notes an open file; returns the backing id that it goes through, 0 for none. */
    int opened(FileHandle handle) {
        if (!agreed) {
            return 0;
        }
        synchronized (this) {
            Opens of = opens.computeIfAbsent(handle.node(), id -> new Opens());
            if (of.direct == 0 && of.cached == 0) {
                of.backingId = register(handle.fileNow());
            }
            if (of.backingId == 0) {
                of.cached++;
            } else {
                of.direct++;
                handle.backing(of.backingId);
            }
            return of.backingId;
        }
    }

    private int register(OpenFile file) {
        int fd = refused || file == null ? -1 : file.descriptor();
        if (fd < 0) {
            return 0;
        }
        int id = channel.openBacking(fd);
        if (id > 0) {
            return id;
        }
        // EPERM: the platform is not root outside all user namespaces, and will not become it. Other errors,
        // such as ELOOP for a file that is itself on a stacked file system, are about one file.
        refused = id == -Errno.EPERM.number();
        return 0;
    }

    /** Notes that an open file is no more. */
    void closed(FileHandle handle) {
        if (!agreed) {
            return;
        }
        synchronized (this) {
            Opens of = opens.get(handle.node());
            if (of == null) {
                return;
            }
            if (handle.isDirect()) {
                of.direct--;
            } else {
                of.cached--;
            }
            if (of.direct == 0 && of.cached == 0) {
                opens.remove(handle.node());
                release(of.backingId);
            }
        }
    }

    private void release(int backingId) {
        int result = backingId == 0 ? 0 : channel.closeBacking(backingId);
        if (result < 0 && result != -Errno.ENOTCONN.number()) {
            complaints.say("The kernel did not give back backing file " + backingId + ": "
                    + Errno.describe(-result), null);
        }
    }
}
