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
    private final LockTable own = new LockTable();
    private volatile boolean isOwn;

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
        if (!isOwn) {
            try {
                return handle.file().lock(lock);
            } catch (ErrnoException e) {
                keepOwn(e);
            }
        }
        synchronized (this) {
            return own.set(lock);
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
        synchronized (this) {
            return own.conflicting(lock);
        }
    }

    void release(FileHandle handle, long owner) throws ErrnoException {
        if (isOwn) {
            synchronized (this) {
                own.release(owner);
            }
        } else {
            handle.file().releaseLocks(owner);
        }
    }

    private void keepOwn(ErrnoException e) throws ErrnoException {
        if (!e.is(Errno.EOPNOTSUPP)) {
            throw e;
        }
        isOwn = true;
    }
}
