package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.spi.tree.LockRange;

/**
 * The locks on one file, for trees that have none: record locks as fcntl(2) describes them and locks of whole
 * files as flock(2) does, which do not see each other. Not safe for several threads.
 */
final class LockTable {
    private final List<LockRange> held = new ArrayList<>();

    /** Sets, changes or releases; false if another owner is in the way. */
    boolean set(LockRange wanted) {
        if (wanted.type() != LockRange.UNLOCK && conflicting(wanted) != null) {
            return false;
        }
        cutOut(wanted);
        if (wanted.type() != LockRange.UNLOCK) {
            held.add(wanted);
        }
        return true;
    }

    /** A lock in the way of that one, null if there is none. */
    LockRange conflicting(LockRange wanted) {
        for (LockRange lock : held) {
            boolean exclusive = lock.type() == LockRange.WRITE || wanted.type() == LockRange.WRITE;
            if (exclusive && lock.owner() != wanted.owner() && overlap(lock, wanted)) {
                return lock;
            }
        }
        return null;
    }

    /** Releases all record locks of an owner. */
    void release(long owner) {
        held.removeIf(lock -> lock.owner() == owner && !lock.whole());
    }

    private static boolean overlap(LockRange a, LockRange b) {
        return a.whole() == b.whole() && a.start() <= b.end() && b.start() <= a.end();
    }

    /** What the owner has in that range goes; what stands out of it stays. */
    private void cutOut(LockRange range) {
        List<LockRange> rests = new ArrayList<>();
        held.removeIf(lock -> {
            if (lock.owner() != range.owner() || !overlap(lock, range)) {
                return false;
            }
            if (lock.start() < range.start()) {
                rests.add(part(lock, lock.start(), range.start() - 1));
            }
            if (lock.end() > range.end()) {
                rests.add(part(lock, range.end() + 1, lock.end()));
            }
            return true;
        });
        held.addAll(rests);
    }

    private static LockRange part(LockRange lock, long start, long end) {
        return new LockRange(lock.owner(), lock.pid(), lock.type(), start, end, lock.whole());
    }
}
