package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.spi.tree.LockRange;

/**
 * The locks on one file that were granted through this connection: record locks as fcntl(2) describes them and
 * locks of whole files as flock(2) does, which do not see each other. For trees that have no locks it decides who
 * gets one. Not safe for several threads.
 */
final class LockTable {
    /**
     * A lock, and where it is kept for a successor.
     *
     * @param handle number of the open file it was got through
     * @param place see {@link KeptLocks#add}
     */
    private record Held(long handle, LockRange lock, int place) {}

    private final KeptLocks kept;
    private final List<Held> held = new ArrayList<>();

    /** @param kept null if nothing is kept for a successor */
    LockTable(KeptLocks kept) {
        this.kept = kept;
    }

    /** Sets, changes or releases; false if another owner is in the way. */
    boolean set(long handle, LockRange wanted) {
        if (wanted.type() != LockRange.UNLOCK && conflicting(wanted) != null) {
            return false;
        }
        note(handle, wanted);
        return true;
    }

    /**
     * Notes what was granted or released. What is new is kept before what is old goes: if this process ends in
     * between, the program that asks for it asks again.
     */
    void note(long handle, LockRange wanted) {
        List<Held> former = new ArrayList<>();
        for (Held one : held) {
            if (one.lock.owner() == wanted.owner() && overlap(one.lock, wanted)) {
                former.add(one);
            }
        }
        for (Held one : former) {
            if (one.lock.start() < wanted.start()) {
                add(one.handle, part(one.lock, one.lock.start(), wanted.start() - 1));
            }
            if (one.lock.end() > wanted.end()) {
                add(one.handle, part(one.lock, wanted.end() + 1, one.lock.end()));
            }
        }
        if (wanted.type() != LockRange.UNLOCK) {
            add(handle, wanted);
        }
        former.forEach(this::remove);
    }

    /** Notes a lock that another process had kept, and that was got again. */
    void restore(long handle, LockRange lock, int place) {
        held.add(new Held(handle, lock, place));
    }

    private void add(long handle, LockRange lock) {
        held.add(new Held(handle, lock, kept == null ? KeptLocks.NOWHERE : kept.add(handle, lock)));
    }

    private void remove(Held one) {
        held.remove(one);
        if (kept != null) {
            kept.release(one.place);
        }
    }

    /** A lock in the way of that one, null if there is none. */
    LockRange conflicting(LockRange wanted) {
        for (Held one : held) {
            boolean exclusive = one.lock.type() == LockRange.WRITE || wanted.type() == LockRange.WRITE;
            if (exclusive && one.lock.owner() != wanted.owner() && overlap(one.lock, wanted)) {
                return one.lock;
            }
        }
        return null;
    }

    /** Releases all record locks of an owner. */
    void release(long owner) {
        for (Held one : List.copyOf(held)) {
            if (one.lock.owner() == owner && !one.lock.whole()) {
                remove(one);
            }
        }
    }

    private static boolean overlap(LockRange a, LockRange b) {
        return a.whole() == b.whole() && a.start() <= b.end() && b.start() <= a.end();
    }

    private static LockRange part(LockRange lock, long start, long end) {
        return new LockRange(lock.owner(), lock.pid(), lock.type(), start, end, lock.whole());
    }
}
