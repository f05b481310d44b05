package org.froggr.backend.local.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Limits;
import org.froggr.linux.OwnedFd;

/**
 * What all trees share: descriptors of directories, watches and the thread that looks after them, buffers.
 * It is there as long as a tree is.
 */
final class Shared {
    private static final BytePath MAX_USER_WATCHES = BytePath.of("/proc/sys/fs/inotify/max_user_watches");
    private static final int MOST_DIRECTORIES = 4096;
    private static final int SHARE = 4;
    private static final int LONGEST_NUMBER = 32;

    private static Shared current;

    private final DirectoryCache cache;
    private final ListingBuffers buffers = new ListingBuffers();
    private final Upkeep upkeep;
    private int users;

    /** With so many descriptors and watches at most. */
    Shared(int directories, int watches) throws ErrnoException {
        cache = new DirectoryCache(directories);
        upkeep = Upkeep.start(cache, watches);
    }

    /** That of this process, used once more. */
    static synchronized Shared use() throws ErrnoException {
        if (current == null) {
            long descriptors = Limits.raiseDescriptors();
            current = new Shared((int) Math.min(MOST_DIRECTORIES, descriptors / SHARE), userWatches() / SHARE);
        }
        current.users++;
        return current;
    }

    /** One user less. */
    void release() throws ErrnoException {
        synchronized (Shared.class) {
            if (--users > 0) {
                return;
            }
            if (current == this) {
                current = null;
            }
        }
        upkeep.end();
    }

    /** Shared by all processes of this user. */
    private static int userWatches() throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(MAX_USER_WATCHES, Fd.O_RDONLY, 0))) {
            return Integer.parseInt(ByteText.decode(Fd.readFully(fd.number(), LONGEST_NUMBER)).trim());
        }
    }

    DirectoryCache cache() {
        return cache;
    }

    ListingBuffers buffers() {
        return buffers;
    }

    Upkeep upkeep() {
        return upkeep;
    }
}
