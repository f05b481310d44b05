package org.froggr.fuse.internal;

import org.froggr.api.ErrnoException;
import org.froggr.linux.Dirents;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.OpenDirectory;

/** An open directory of {@link DiskTree}. */
final class DiskListing implements OpenDirectory {
    private final int fd;

    DiskListing(int fd) {
        this.fd = fd;
    }

    @Override
    public synchronized void read(long offset, DirectorySink sink) throws ErrnoException {
        Fd.seek(fd, offset, Fd.SEEK_SET);
        Dirents entries = new Dirents(4096);
        while (entries.read(fd) > 0) {
            while (entries.next()) {
                boolean taken = entries.isDots()
                        || sink.add(FileName.of(entries.name()), entries.inode(), entries.type(), entries.offset());
                if (!taken) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws ErrnoException {
        Fd.close(fd);
    }
}
