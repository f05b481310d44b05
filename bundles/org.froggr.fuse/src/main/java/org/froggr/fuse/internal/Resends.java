package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.ErrnoException;

/**
 * Has the kernel send again what was read and not answered (FUSE_NOTIFY_RESEND), also to this process. Whoever was
 * about to answer such a request is refused (ENOENT), and the request comes to somebody else. Counted twice, before
 * and after: what was about to be read when the count was the same, and even, was not among those. Any thread.
 */
final class Resends {
    private final SideChannel side;
    private final AtomicInteger count = new AtomicInteger();

    Resends(SideChannel side) {
        this.side = side;
    }

    /** @throws ErrnoException what the kernel says to it */
    synchronized void perform() throws ErrnoException {
        count.incrementAndGet();
        try {
            int result = side.resend();
            if (result < 0) {
                throw new ErrnoException(-result, "FUSE_NOTIFY_RESEND", null);
            }
        } finally {
            count.incrementAndGet();
        }
    }

    /** To be noted before a request is read. */
    int count() {
        return count.get();
    }

    /** Whether requests were being sent again when that was noted. */
    static boolean isUnderWay(int noted) {
        return (noted & 1) != 0;
    }

    /** Whether a request may be among those that are sent again, of which this was noted. */
    boolean mayHold(int noted) {
        return noted != count.get() || isUnderWay(noted);
    }
}
