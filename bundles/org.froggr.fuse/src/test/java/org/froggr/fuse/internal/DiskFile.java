package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawLocks;
import org.froggr.linux.Stat;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/**
 * An open file of {@link DiskTree}. Its locks are the system's, one owner an open file, and on a description of their
 * own: the kernel holds the one that it was given for passthrough, and locks would stay with that.
 */
final class DiskFile implements OpenFile {
    private final int fd;
    private final boolean passthrough;
    private final FrozenDisk freezing;
    private int lockFd = -1;

    DiskFile(int fd, boolean passthrough, FrozenDisk freezing) {
        this.freezing = freezing;
        this.fd = fd;
        this.passthrough = passthrough;
    }

    @Override
    public synchronized int read(long offset, IoBuffer into) throws ErrnoException {
        byte[] bytes = new byte[into.length()];
        Fd.seek(fd, offset, Fd.SEEK_SET);
        int count = 0;
        int more = 1;
        // A short read would tell the kernel that the file ends there
        while (more > 0 && count < bytes.length) {
            more = Fd.read(fd, bytes, count, bytes.length - count);
            count += more;
        }
        into.bytes().put(bytes, 0, count);
        return count;
    }

    @Override
    public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        ByteBuffer source = from.bytes();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        freezing.pass(new String(bytes, StandardCharsets.ISO_8859_1), by);
        int count = 0;
        while (count < bytes.length) {
            count += Fd.pwrite(fd, bytes, count, bytes.length - count, offset + count);
        }
        return count;
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        Stat stat = Stat.of(fd);
        out.inode = stat.inode();
        out.mode = stat.mode();
        out.links = (int) stat.links();
        out.size = stat.size();
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        if (changes.has(AttributeChanges.SIZE)) {
            Fd.ftruncate(fd, changes.size);
        }
        attributes(out);
    }

    @Override
    public boolean lock(LockRange lock) throws ErrnoException {
        if (lockFd < 0) {
            lockFd = Fd.open(BytePath.of("/proc/self/fd/" + fd), Fd.O_RDWR, 0);
        }
        int result = lock.whole()
                ? RawLocks.setWhole(lockFd, lock.type())
                : RawLocks.set(lockFd, lock.type(), lock.start(), lock.end());
        if (result < 0 && result != -Errno.EAGAIN.number()) {
            throw new ErrnoException(-result, "lock", null);
        }
        return result == 0;
    }

    @Override
    public void releaseLocks(long owner) throws ErrnoException {
        lock(new LockRange(owner, 0, LockRange.UNLOCK, 0, Long.MAX_VALUE, false));
    }

    @Override
    public int descriptor() {
        return passthrough ? fd : -1;
    }

    @Override
    public void close() throws ErrnoException {
        if (lockFd >= 0) {
            Fd.close(lockFd);
        }
        Fd.close(fd);
    }
}
