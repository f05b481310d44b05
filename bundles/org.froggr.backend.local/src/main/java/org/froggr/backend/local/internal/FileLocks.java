package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.linux.RawFiles;
import org.froggr.linux.RawLocks;
import org.froggr.spi.tree.LockRange;

/**
 * The locks on a file, held in the kernel, so that programs which use the file directly see them. To the
 * kernel an open file description owns a lock; so each owner has one of its own. No call waits.
 */
final class FileLocks {
    private static final class Owner {
        final long id;
        final boolean whole;
        final int fd;
        int pid;

        Owner(long id, boolean whole, int fd) {
            this.id = id;
            this.whole = whole;
            this.fd = fd;
        }
    }

    private final List<Owner> owners = new ArrayList<>(2);

    /** Sets or releases a lock; false if another one is in the way. */
    synchronized boolean set(LockRange lock, LocalFile file) throws ErrnoException {
        Owner owner = find(lock);
        if (owner == null) {
            if (lock.type() == LockRange.UNLOCK) {
                return true;
            }
            owner = new Owner(lock.owner(), lock.whole(), file.openAgain(!lock.whole()));
            owners.add(owner);
        }
        owner.pid = lock.pid();
        int result = lock.whole()
                ? RawLocks.setWhole(owner.fd, lock.type())
                : RawLocks.set(owner.fd, lock.type(), lock.start(), lock.end());
        if (result == -Failure.EAGAIN || result == -Failure.EACCES) {
            return false;
        }
        Failure.check(result, lock.whole() ? "flock" : "fcntl");
        if (lock.type() == LockRange.UNLOCK && isEverything(lock)) {
            close(owner);
            owners.remove(owner);
        }
        return true;
    }

    private static boolean isEverything(LockRange lock) {
        return lock.whole() || (lock.start() == 0 && lock.end() == Long.MAX_VALUE);
    }

    private Owner find(LockRange lock) {
        for (Owner owner : owners) {
            if (owner.id == lock.owner() && owner.whole == lock.whole()) {
                return owner;
            }
        }
        return null;
    }

    /** A lock in the way of that one, or null. */
    synchronized LockRange conflicting(LockRange lock, LocalFile file) throws ErrnoException {
        Owner asking = find(lock);
        int fd = asking == null ? file.descriptor() : asking.fd;
        Failure.check(RawLocks.find(fd, lock.type(), lock.start(), lock.end()), "fcntl");
        int type = RawLocks.foundType();
        if (type == RawLocks.UNLOCK) {
            return null;
        }
        long start = RawLocks.foundStart();
        long end = RawLocks.foundEnd();
        int pid = RawLocks.foundPid();
        Owner owner = pid == -1 ? ownerOf(start, end, type, asking) : null;
        return owner == null
                ? new LockRange(0, Math.max(pid, 0), type, start, end, false)
                : new LockRange(owner.id, owner.pid, type, start, end, false);
    }

    /** The kernel does not say whose it is; but a lock is in nobody's own way. */
    private Owner ownerOf(long start, long end, int type, Owner asking) {
        for (Owner owner : owners) {
            if (!owner.whole && owner != asking) {
                boolean found = RawLocks.find(owner.fd, RawLocks.WRITE, start, end) == 0
                        && RawLocks.foundType() == type
                        && RawLocks.foundStart() == start
                        && RawLocks.foundEnd() == end;
                if (!found) {
                    return owner;
                }
            }
        }
        return null;
    }

    /** That owner has none any more. */
    synchronized void release(long id) {
        Iterator<Owner> each = owners.iterator();
        while (each.hasNext()) {
            Owner owner = each.next();
            if (owner.id == id) {
                close(owner);
                each.remove();
            }
        }
    }

    /** Nobody has any. */
    synchronized void releaseAll() {
        owners.forEach(FileLocks::close);
        owners.clear();
    }

    /** Its locks go with the last descriptor of a description. */
    private static void close(Owner owner) {
        RawFiles.close(owner.fd);
    }
}
