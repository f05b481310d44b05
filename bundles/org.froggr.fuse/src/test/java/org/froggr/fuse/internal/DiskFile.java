package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
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

/** An open file of {@link DiskTree}. Its locks are the system's, one owner an open file. */
final class DiskFile implements OpenFile {
    private final int fd;
    private final boolean passthrough;

    DiskFile(int fd, boolean passthrough) {
        this.fd = fd;
        this.passthrough = passthrough;
    }

    @Override
    public synchronized int read(long offset, IoBuffer into) throws ErrnoException {
        byte[] bytes = new byte[into.length()];
        Fd.seek(fd, offset, Fd.SEEK_SET);
        int count = Fd.read(fd, bytes, 0, bytes.length);
        into.bytes().put(bytes, 0, count);
        return count;
    }

    @Override
    public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        ByteBuffer source = from.bytes();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        return Fd.pwrite(fd, bytes, 0, bytes.length, offset);
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
        int result = lock.whole()
                ? RawLocks.setWhole(fd, lock.type())
                : RawLocks.set(fd, lock.type(), lock.start(), lock.end());
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
        Fd.close(fd);
    }
}
