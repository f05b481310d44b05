package org.froggr.spi.tree;

import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** An open directory in memory. */
final class MemoryListing implements OpenDirectory {
    private static final int S_IFMT = 0170000;

    private final MemoryNode node;
    private boolean closed;

    MemoryListing(MemoryNode node) {
        this.node = node;
        node.tree.handles.incrementAndGet();
    }

    @Override
    public void read(long offset, DirectorySink sink) throws ErrnoException {
        long behind = offset;
        while (true) {
            List<MemoryDirectory.Entry> some;
            synchronized (node.tree) {
                node.tree.check();
                if (closed) {
                    throw new ErrnoException(Errno.EBADF, "readdir");
                }
                some = node.directory.behind(behind);
            }
            if (some.isEmpty()) {
                return;
            }
            for (MemoryDirectory.Entry entry : some) {
                MemoryNode file = entry.node;
                if (!sink.add(FileName.of(entry.name.bytes), file.inode, file.mode & S_IFMT, entry.offset)) {
                    return;
                }
                behind = entry.offset;
            }
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
