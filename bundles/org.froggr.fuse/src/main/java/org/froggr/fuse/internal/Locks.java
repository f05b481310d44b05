package org.froggr.fuse.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;

/**
 * The locks of a connection, and who waits for one. They are always negotiated, since whether a tree has
 * locks shows only at the first: where it has none, they are kept here and hold among the programs that use
 * this mount.
 *
 * <p>Nobody waits in a thread: a request that has to wait is tried again when a lock on that file is released
 * through this connection, and every now and then ({@link #retry}) in case others released theirs.
 */
final class Locks {
    private final Map<Long, NodeLocks> byNode = new ConcurrentHashMap<>();
    private final Map<Long, LockWaiter> waiting = new ConcurrentHashMap<>();
    private final SideChannel side;

    private final KeptLocks kept;
    private volatile boolean left;

    /** @param kept null if nothing is kept for a successor */
    Locks(SideChannel side, KeptLocks kept) {
        this.side = side;
        this.kept = kept;
    }

    /**
     * Gets a lock again that another process had; false if another owner has one in the way.
     *
     * @param place see {@link KeptLocks#add}
     */
    boolean restore(FileHandle handle, LockRange lock, int place) throws ErrnoException {
        boolean done = of(handle).restore(handle, lock, place);
        note(handle, lock, done);
        return done;
    }

    /** A lock in the way of that one, null if there is none. */
    LockRange conflicting(FileHandle handle, LockRange lock) throws ErrnoException {
        return of(handle).conflicting(handle, lock);
    }

    /** Sets or releases a lock without waiting; false if another owner has one in the way. */
    boolean set(FileHandle handle, LockRange lock) throws ErrnoException {
        NodeLocks locks = of(handle);
        boolean done = locks.set(handle, lock);
        note(handle, lock, done);
        if (done && lock.type() != LockRange.WRITE) {
            // Released, or made a shared one
            locks.waiters().forEach(this::attempt);
        }
        return done;
    }

    private static void note(FileHandle handle, LockRange lock, boolean done) {
        if (done && !lock.whole() && lock.type() != LockRange.UNLOCK) {
            handle.lockedBy(lock.owner());
        }
    }

    /** What a request is known by here, sent again or not; it is answered by what it was sent with last. */
    private static long numberOf(long unique) {
        return unique & ~FuseWire.UNIQUE_RESEND;
    }

    /** A request is sent again: if it waits here, it begins anew, and gets a lock once. */
    void resent(long unique) {
        LockWaiter waiter = waiting.remove(numberOf(unique));
        if (waiter != null) {
            waiter.interrupt();
            NodeLocks locks = byNode.get(waiter.handle.node());
            if (locks != null) {
                locks.removeWaiter(waiter);
            }
        }
    }

    /** Has a request wait for its lock; it will be answered. */
    void await(long unique, FileHandle handle, LockRange lock) {
        LockWaiter waiter = new LockWaiter(unique, handle, lock);
        waiting.put(numberOf(unique), waiter);
        of(handle).addWaiter(waiter);
        // It may have been released since it was tried
        attempt(waiter);
    }

    /** Whether somebody waits for a lock that others may release without our seeing it. */
    boolean isRetryNeeded() {
        for (LockWaiter waiter : waiting.values()) {
            NodeLocks locks = byNode.get(waiter.handle.node());
            if (locks != null && locks.isShared()) {
                return true;
            }
        }
        return false;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Tries again for all who wait. */
    void retry() {
        waiting.values().forEach(this::attempt);
    }

    /** Ends the wait of a request; returns whether there was one. */
    boolean interrupt(long unique) {
        LockWaiter waiter = waiting.get(numberOf(unique));
        if (waiter == null) {
            return false;
        }
        if (waiter.interrupt()) {
            finish(waiter, -Errno.EINTR.number());
        }
        return true;
    }

    private void attempt(LockWaiter waiter) {
        if (!waiter.begin()) {
            return;
        }
        LockWaiter.Next next;
        do {
            try {
                NodeLocks locks = byNode.get(waiter.handle.node());
                if (locks != null && locks.set(waiter.handle, waiter.lock)) {
                    note(waiter.handle, waiter.lock, true);
                    waiter.end();
                    finish(waiter, 0);
                    return;
                }
            } catch (ErrnoException e) {
                waiter.end();
                finish(waiter, Failures.errno(e));
                return;
            }
            next = waiter.failed();
        } while (next == LockWaiter.Next.TRY_AGAIN);
        if (next == LockWaiter.Next.GIVE_UP) {
            finish(waiter, -Errno.EINTR.number());
        }
    }

    private void finish(LockWaiter waiter, int error) {
        waiting.remove(numberOf(waiter.unique), waiter);
        NodeLocks locks = byNode.get(waiter.handle.node());
        if (locks != null) {
            locks.removeWaiter(waiter);
        }
        if (!left) {
            side.reply(waiter.unique, error);
        }
    }

    /** A descriptor was closed by an owner of locks, which ends those on records (fcntl(2)). */
    void ownerClosed(FileHandle handle, long owner) throws ErrnoException {
        NodeLocks locks = byNode.isEmpty() ? null : byNode.get(handle.node());
        if (locks != null) {
            locks.release(handle, owner);
            handle.unlockedBy(owner);
            locks.waiters().forEach(this::attempt);
        }
    }

    /** The kernel says nothing of locks that belong to an open file and go with it (fcntl(2), F_OFD_SETLK). */
    private void releaseAll(FileHandle handle) {
        for (long owner : handle.lockOwners()) {
            try {
                ownerClosed(handle, owner);
            } catch (ErrnoException e) {
                // The tree closes the file next, and with it what it could not release.
                handle.unlockedBy(owner);
            }
        }
    }

    /** An open file goes that had a lock on the whole. */
    void unlockWhole(FileHandle handle, long owner) throws ErrnoException {
        set(handle, new LockRange(owner, 0, LockRange.UNLOCK, 0, Long.MAX_VALUE, true));
    }

    /** A handle is closed for ever. */
    void closed(FileHandle handle) {
        releaseAll(handle);
        NodeLocks present = byNode.isEmpty() ? null : byNode.get(handle.node());
        if (present == null) {
            return;
        }
        for (LockWaiter waiter : present.waiters()) {
            if (waiter.handle == handle && waiter.interrupt()) {
                finish(waiter, -Errno.EBADF.number());
            }
        }
        byNode.computeIfPresent(handle.node(), (id, locks) -> locks.removeUser(handle) ? null : locks);
    }

    /** Answers all who wait: the service that could give them a lock ends. */
    void close() {
        for (LockWaiter waiter : waiting.values()) {
            if (waiter.interrupt()) {
                finish(waiter, -Errno.ENOLCK.number());
            }
        }
    }

    /** Answers nobody who waits any more: they ask the successor again. */
    void leave() {
        left = true;
        waiting.values().forEach(LockWaiter::interrupt);
        waiting.clear();
    }

    private NodeLocks of(FileHandle handle) {
        return byNode.compute(handle.node(), (id, present) -> {
            NodeLocks locks = present == null ? new NodeLocks(kept) : present;
            locks.addUser(handle);
            return locks;
        });
    }
}
