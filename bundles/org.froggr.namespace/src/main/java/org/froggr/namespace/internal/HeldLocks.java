package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenFile;

/**
 * The locks that were set through an open file, so that they can be set again when it is opened anew. What was
 * asked for is kept, in order, as long as it may matter.
 */
final class HeldLocks {
    private List<LockRange> asked;

    synchronized void add(LockRange lock) {
        boolean all = lock.whole() || lock.start() == 0 && lock.end() == Long.MAX_VALUE;
        if (asked != null && all) {
            // Replaces all that this owner had.
            asked.removeIf(old -> old.owner() == lock.owner() && old.whole() == lock.whole());
        }
        if (lock.type() != LockRange.UNLOCK || !all) {
            asked = asked == null ? new ArrayList<>(1) : asked;
            asked.add(lock);
        }
    }

    synchronized void release(long owner) {
        if (asked != null) {
            asked.removeIf(lock -> lock.owner() == owner && !lock.whole());
        }
    }

    /** Sets them in another open file in place of this one: all or none. */
    synchronized void move(OpenFile from, OpenFile to) throws ErrnoException {
        if (asked == null || asked.isEmpty()) {
            return;
        }
        unlock(from);
        try {
            set(to);
        } catch (ErrnoException e) {
            unlock(to);
            set(from);
            throw e;
        }
    }

    private void set(OpenFile file) throws ErrnoException {
        for (LockRange lock : asked) {
            if (!file.lock(lock)) {
                throw new ErrnoException(Errno.EAGAIN, "reopen (a lock)");
            }
        }
    }

    private void unlock(OpenFile file) throws ErrnoException {
        for (LockRange lock : asked) {
            file.lock(new LockRange(lock.owner(), lock.pid(), LockRange.UNLOCK, 0, Long.MAX_VALUE, lock.whole()));
        }
    }
}
