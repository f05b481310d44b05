package org.froggr.backend.local.internal;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.froggr.linux.RawFiles;

/**
 * A descriptor that several threads use, closed when the last of them has done. Who makes it is the first
 * user.
 */
final class Descriptor {
    private static final AtomicIntegerFieldUpdater<Descriptor> USERS =
            AtomicIntegerFieldUpdater.newUpdater(Descriptor.class, "users");

    private final int fd;
    private final boolean path;
    private volatile int users = 1;

    private Descriptor(int fd, boolean path) {
        this.fd = fd;
        this.path = path;
    }

    /** One opened with O_PATH. */
    static Descriptor path(int fd) {
        return new Descriptor(fd, true);
    }

    /** One that reads or writes. */
    static Descriptor open(int fd) {
        return new Descriptor(fd, false);
    }

    int fd() {
        return fd;
    }

    /** Whether it was opened with O_PATH. */
    boolean isPath() {
        return path;
    }

    /** Adds a user; false if it is closed. */
    boolean pin() {
        int now = users;
        while (now > 0) {
            if (USERS.compareAndSet(this, now, now + 1)) {
                return true;
            }
            now = users;
        }
        return false;
    }

    /** Takes a user away. */
    void unpin() {
        if (USERS.decrementAndGet(this) == 0) {
            RawFiles.close(fd);
        }
    }
}
