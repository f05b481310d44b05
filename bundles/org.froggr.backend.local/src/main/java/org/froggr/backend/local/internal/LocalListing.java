package org.froggr.backend.local.internal;

import org.froggr.api.ErrnoException;
import org.froggr.linux.Dirents;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.OpenDirectory;

/**
 * An open directory. Offsets are those of the file system, which knows how to go on behind a name whatever
 * was removed since; they are good for lseek(2), so less than 2^63.
 */
final class LocalListing implements OpenDirectory {
    private final int fd;
    private final ListingBuffers buffers;

    /** What was read and not taken yet, behind {@link #position}; null if there is nothing. */
    private Dirents entries;

    private EntryName name;
    private long position;
    private boolean closed;

    /** Takes over a descriptor. */
    LocalListing(int fd, ListingBuffers buffers) {
        this.fd = fd;
        this.buffers = buffers;
    }

    @Override
    public synchronized void read(long offset, DirectorySink sink) throws ErrnoException {
        if (offset != position || offset == 0) {
            giveBack();
            long result = RawFiles.seek(fd, offset, Fd.SEEK_SET);
            if (result < 0) {
                throw Failure.of(result, "lseek");
            }
            position = offset;
        }
        take();
        boolean more = true;
        while (more) {
            if (!entries.hasNext() && !fill()) {
                giveBack();
                return;
            }
            more = pass(sink);
        }
        if (!entries.hasNext()) {
            giveBack();
        }
    }

    /** Whether there was anything more; a directory that was removed has nothing, as readdir(3) says. */
    private boolean fill() throws ErrnoException {
        int length = entries.read(fd);
        return length != -Failure.ENOENT && Failure.check(length, "getdents64") > 0;
    }

    private void take() {
        if (entries == null) {
            entries = buffers.take();
            name = new EntryName(entries);
        }
    }

    private void giveBack() {
        if (entries != null) {
            buffers.giveBack(entries);
            entries = null;
            name = null;
        }
    }

    /** Passes on what is in memory; false if the sink takes no more. */
    private boolean pass(DirectorySink sink) {
        while (entries.next()) {
            if (!entries.isDots()) {
                name.moved();
                if (!sink.add(name, entries.inode(), entries.type(), entries.offset())) {
                    entries.back();
                    return false;
                }
            }
            position = entries.offset();
        }
        return true;
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        Failure.check(RawFiles.sync(fd, dataOnly), "fsync");
    }

    @Override
    public synchronized void close() throws ErrnoException {
        if (!closed) {
            closed = true;
            giveBack();
            Failure.check(RawFiles.close(fd), "close");
        }
    }
}
