package org.froggr.backend.local.internal;

import static org.froggr.spi.tree.AttributeChanges.ACCESS_NOW;
import static org.froggr.spi.tree.AttributeChanges.ACCESS_TIME;
import static org.froggr.spi.tree.AttributeChanges.CLEAR_SET_IDS;
import static org.froggr.spi.tree.AttributeChanges.GID;
import static org.froggr.spi.tree.AttributeChanges.MODE;
import static org.froggr.spi.tree.AttributeChanges.MODIFY_NOW;
import static org.froggr.spi.tree.AttributeChanges.MODIFY_TIME;
import static org.froggr.spi.tree.AttributeChanges.SIZE;
import static org.froggr.spi.tree.AttributeChanges.UID;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.AttributeChanges;

/**
 * Changes attributes of a file through a descriptor of it: all or none. What may be refused goes first, what
 * cannot be undone last: the descriptor to truncate with, owner, mode, size, times. If one is refused, owner
 * and mode are put back.
 */
final class Change {
    private static final int UNCHANGED = -1;

    private final LocalNode node;
    private final Descriptor descriptor;
    private final AttributeChanges changes;
    private int oldUid = UNCHANGED;
    private int oldGid = UNCHANGED;
    private int oldMode = UNCHANGED;

    /** @param descriptor of the node, which is one to write with if it is not of O_PATH and the size changes */
    Change(LocalNode node, Descriptor descriptor, AttributeChanges changes) {
        this.node = node;
        this.descriptor = descriptor;
        this.changes = changes;
    }

    /** Afterwards the thread's memory has the attributes. */
    void apply(ThreadMemory memory) throws ErrnoException {
        if (!changes.has(SIZE)) {
            applyWith(-1, memory);
            return;
        }
        if (!node.isRegular()) {
            throw new ErrnoException(node.isDirectory() ? Errno.EISDIR : Errno.EINVAL, "truncate");
        }
        int writable = node.tree().reach().open(node, Fd.O_WRONLY, memory);
        try {
            applyWith(writable, memory);
        } finally {
            RawFiles.close(writable);
        }
    }

    /** With a descriptor that can write, if the size changes. */
    void applyWith(int writable, ThreadMemory memory) throws ErrnoException {
        remember(memory.stat());
        try {
            changeOwner();
            if (changes.has(MODE)) {
                setMode(changes.mode & 07777);
            }
            if (changes.has(SIZE)) {
                Failure.check(RawFiles.truncate(writable, changes.size), "truncate");
            }
            changeTimes();
        } catch (ErrnoException e) {
            putBack();
            throw e;
        }
        Failure.check(RawFiles.stat(descriptor.fd(), memory.stat()), "statx");
        if (changes.has(CLEAR_SET_IDS) && !changes.has(MODE)) {
            clearSetIds(memory.stat());
        }
    }

    /** Only if more than one thing is to be changed there is something to be put back. */
    private void remember(StatxBuffer stat) throws ErrnoException {
        if (changes.has(UID | GID | MODE) && changes.has(SIZE | ACCESS_TIME | MODIFY_TIME | MODE)) {
            Failure.check(RawFiles.stat(descriptor.fd(), stat), "statx");
            oldUid = changes.has(UID) ? stat.uid() : UNCHANGED;
            oldGid = changes.has(GID) ? stat.gid() : UNCHANGED;
            oldMode = node.isSymlink() ? UNCHANGED : stat.mode() & 07777;
        }
    }

    private void putBack() {
        if (oldUid != UNCHANGED || oldGid != UNCHANGED) {
            RawFiles.chown(descriptor.fd(), oldUid, oldGid);
        }
        if (oldMode != UNCHANGED) {
            chmod(oldMode);
        }
    }

    private void changeOwner() throws ErrnoException {
        if (changes.has(UID | GID)) {
            int uid = changes.has(UID) ? changes.uid : UNCHANGED;
            int gid = changes.has(GID) ? changes.gid : UNCHANGED;
            Failure.check(RawFiles.chown(descriptor.fd(), uid, gid), "chown");
        }
    }

    private void setMode(int mode) throws ErrnoException {
        if (node.isSymlink()) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "chmod");
        }
        Failure.check(chmod(mode), "chmod");
    }

    private int chmod(int mode) {
        return descriptor.isPath() ? RawFiles.chmodPath(descriptor.fd(), mode) : RawFiles.chmod(descriptor.fd(), mode);
    }

    private void changeTimes() throws ErrnoException {
        if (changes.has(ACCESS_TIME | MODIFY_TIME)) {
            int access = nanos(ACCESS_TIME, ACCESS_NOW, changes.accessNanos);
            int modify = nanos(MODIFY_TIME, MODIFY_NOW, changes.modifyNanos);
            int result = RawFiles.setTimes(
                    descriptor.fd(), changes.accessSeconds, access, changes.modifySeconds, modify);
            Failure.check(result, "utimensat");
        }
    }

    private int nanos(int time, int now, int nanos) {
        if (!changes.has(time)) {
            return RawFiles.UTIME_OMIT;
        }
        return changes.has(now) ? RawFiles.UTIME_NOW : nanos;
    }

    private void clearSetIds(StatxBuffer stat) throws ErrnoException {
        int cleared = withoutSetIds(stat.mode());
        if (cleared != stat.mode()) {
            setMode(cleared & 07777);
            Failure.check(RawFiles.stat(descriptor.fd(), stat), "statx");
        }
    }

    /** What is left of a regular file's mode when somebody without CAP_FSETID writes it, inode(7). */
    static int withoutSetIds(int mode) {
        if ((mode & LocalNode.S_IFMT) != LocalNode.S_IFREG) {
            return mode;
        }
        boolean executes = (mode & LocalNode.S_IXGRP) != 0;
        return mode & ~(LocalNode.S_ISUID | (executes ? LocalNode.S_ISGID : 0));
    }
}
