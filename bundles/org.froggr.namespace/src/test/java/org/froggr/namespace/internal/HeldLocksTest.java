package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.Test;

class HeldLocksTest {
    /** Notes what is locked. */
    private static final class Noting implements OpenFile {
        final List<LockRange> asked = new ArrayList<>();
        boolean refuses;

        @Override
        public int read(long offset, IoBuffer into) {
            return 0;
        }

        @Override
        public void attributes(Attributes out) {
            out.clear();
        }

        @Override
        public boolean lock(LockRange lock) {
            asked.add(lock);
            return !refuses || lock.type() == LockRange.UNLOCK;
        }

        @Override
        public void close() {}
    }

    private static LockRange lock(long owner, int type, long start, long end, boolean whole) {
        return new LockRange(owner, 1, type, start, end, whole);
    }

    private final HeldLocks locks = new HeldLocks();
    private final Noting old = new Noting();
    private final Noting next = new Noting();

    @Test
    void areSetAgainInOrder() throws Exception {
        LockRange first = lock(1, LockRange.WRITE, 0, 99, false);
        LockRange hole = lock(1, LockRange.UNLOCK, 10, 19, false);
        LockRange flock = lock(2, LockRange.READ, 0, Long.MAX_VALUE, true);
        List.of(first, hole, flock).forEach(locks::add);
        locks.move(old, next);
        assertEquals(List.of(first, hole, flock), next.asked);
        assertEquals(3, old.asked.stream().filter(l -> l.type() == LockRange.UNLOCK).count());
    }

    @Test
    void whatWasReleasedIsNotSetAgain() throws Exception {
        locks.add(lock(1, LockRange.WRITE, 0, 99, false));
        locks.add(lock(2, LockRange.WRITE, 200, 299, false));
        locks.add(lock(3, LockRange.WRITE, 300, 399, false));
        locks.release(2);
        locks.add(lock(3, LockRange.UNLOCK, 0, Long.MAX_VALUE, false));
        locks.move(old, next);
        assertEquals(List.of(lock(1, LockRange.WRITE, 0, 99, false)), next.asked);
    }

    @Test
    void ifTheyCannotBeSetTheyStayWhereTheyWere() {
        LockRange held = lock(1, LockRange.WRITE, 0, 99, false);
        locks.add(held);
        next.refuses = true;
        assertEquals(Errno.EAGAIN, TreeUser.errorOf(() -> locks.move(old, next)));
        assertEquals(held, old.asked.get(old.asked.size() - 1));
    }
}
