package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;

/** The locks on one file: kept by the tree, or here if it has none. Any thread. */
final class NodeLocks {
    private final Set<FileHandle> users = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<LockWaiter> waiters = new ArrayList<>();
    private final LockTable held;
    private volatile boolean isOwn;

    /** @param kept null if nothing is kept for a successor */
    NodeLocks(KeptLocks kept) {
        this.held = new LockTable(kept);
    }

    synchronized void addUser(FileHandle handle) {
        users.add(handle);
    }

    /** Returns whether nobody who has the file open ever locked it. */
    synchronized boolean removeUser(FileHandle handle) {
        users.remove(handle);
        return users.isEmpty();
    }

    synchronized void addWaiter(LockWaiter waiter) {
        waiters.add(waiter);
    }

    synchronized void removeWaiter(LockWaiter waiter) {
        waiters.remove(waiter);
    }

    synchronized List<LockWaiter> waiters() {
        return List.copyOf(waiters);
    }

    /** Whether locks may be released by others than those who come through here. */
    boolean isShared() {
        return !isOwn;
    }

    /** Sets or releases a lock; false if another owner has one in the way. */
    boolean set(FileHandle handle, LockRange lock) throws ErrnoException {
        // One at a time, so that what is noted is what the tree granted last; trees do not wait here
        synchronized (held) {
            if (!isOwn) {
                try {
                    boolean granted = handle.file().lock(lock);
                    if (granted) {
                        held.note(handle.number(), lock);
                    }
                    return granted;
                } catch (ErrnoException e) {
                    keepOwn(e);
                }
            }
            return held.set(handle.number(), lock);
        }
    }

    /**
     * Gets a lock again that another process had kept there; false if another owner has one in the way.
     *
     * @param place see {@link KeptLocks#add}
     */
    boolean restore(FileHandle handle, LockRange lock, int place) throws ErrnoException {
        synchronized (held) {
            if (!isOwn) {
                try {
                    if (!handle.file().lock(lock)) {
                        return false;
                    }
                } catch (ErrnoException e) {
                    keepOwn(e);
                }
            }
            held.restore(handle.number(), lock, place);
            return true;
        }
    }

    LockRange conflicting(FileHandle handle, LockRange lock) throws ErrnoException {
        if (!isOwn) {
            try {
                return handle.file().conflicting(lock);
            } catch (ErrnoException e) {
                keepOwn(e);
            }
        }
        synchronized (held) {
            return held.conflicting(lock);
        }
    }

    void release(FileHandle handle, long owner) throws ErrnoException {
        synchronized (held) {
            held.release(owner);
            if (!isOwn) {
                handle.file().releaseLocks(owner);
            }
        }
    }

    private void keepOwn(ErrnoException e) throws ErrnoException {
        if (!e.is(Errno.EOPNOTSUPP)) {
            throw e;
        }
        isOwn = true;
    }
}
