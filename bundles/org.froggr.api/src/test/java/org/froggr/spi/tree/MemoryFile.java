package org.froggr.spi.tree;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** An open file in memory. */
final class MemoryFile implements OpenFile {
    private static final int O_ACCMODE = 3;
    private static final int O_WRONLY = 1;
    private static final int O_APPEND = 02000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    // linux/falloc.h
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int ZERO_RANGE = 16;

    private final MemoryNode node;
    private final int flags;
    private boolean closed;

    MemoryFile(MemoryNode node, int flags) {
        this.node = node;
        this.flags = flags;
        node.tree.handles.incrementAndGet();
    }

    private void checkOpen() throws ErrnoException {
        node.tree.check();
        if (closed) {
            throw new ErrnoException(Errno.EBADF, "closed file");
        }
    }

    private void checkWritable() throws ErrnoException {
        checkOpen();
        if ((flags & O_ACCMODE) == 0) {
            throw new ErrnoException(Errno.EBADF, "write");
        }
        node.tree.checkChange();
    }

    @Override
    public int read(long offset, IoBuffer into) throws ErrnoException {
        synchronized (node.tree) {
            checkOpen();
            if ((flags & O_ACCMODE) == O_WRONLY) {
                throw new ErrnoException(Errno.EBADF, "read");
            }
            return node.content.read(offset, into.bytes());
        }
    }

    @Override
    public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        synchronized (node.tree) {
            checkWritable();
            if (clearSetIds) {
                node.clearSetIds();
            }
            int count = node.content.write((flags & O_APPEND) != 0 ? node.content.size() : offset, from.bytes());
            node.modified();
            return count;
        }
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        synchronized (node.tree) {
            checkOpen();
            node.attributes(out);
        }
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        synchronized (node.tree) {
            checkOpen();
            node.change(changes, by, out);
        }
    }

    @Override
    public void allocate(int mode, long offset, long length) throws ErrnoException {
        synchronized (node.tree) {
            checkWritable();
            if ((mode & ~(KEEP_SIZE | PUNCH_HOLE | ZERO_RANGE)) != 0) {
                throw new ErrnoException(Errno.EOPNOTSUPP, "fallocate");
            }
            if ((mode & (PUNCH_HOLE | ZERO_RANGE)) != 0) {
                node.content.zero(offset, length);
            }
            if ((mode & KEEP_SIZE) == 0 && offset + length > node.content.size()) {
                node.content.resize(offset + length);
            }
            node.modified();
        }
    }

    @Override
    public long seek(long offset, int whence) throws ErrnoException {
        synchronized (node.tree) {
            checkOpen();
            if (whence != SEEK_DATA && whence != SEEK_HOLE) {
                throw new ErrnoException(Errno.EINVAL, "lseek");
            }
            boolean inside = offset >= 0 && offset < node.content.size();
            long found = !inside ? -1 : whence == SEEK_DATA ? node.content.data(offset) : node.content.hole(offset);
            if (found < 0) {
                throw new ErrnoException(Errno.ENXIO, "lseek");
            }
            return found;
        }
    }

    @Override
    public long copyTo(long offset, OpenFile to, long toOffset, long length) throws ErrnoException {
        if (!(to instanceof MemoryFile target) || target.node.tree != node.tree) {
            throw new ErrnoException(Errno.EXDEV, "copy_file_range");
        }
        synchronized (node.tree) {
            checkOpen();
            target.checkWritable();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, 1 << 20));
            int count = node.content.read(offset, bytes);
            bytes.flip();
            target.node.content.write(toOffset, bytes);
            target.node.modified();
            return count;
        }
    }

    @Override
    public void close() {
        synchronized (node.tree) {
            if (!closed) {
                closed = true;
                node.tree.handles.decrementAndGet();
            }
        }
    }
}
