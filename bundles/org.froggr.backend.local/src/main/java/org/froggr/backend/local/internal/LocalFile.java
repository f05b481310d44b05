package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** An open regular file: one open file description of the kernel. */
final class LocalFile implements OpenFile {
    static final int O_ACCMODE = RawFiles.O_ACCMODE;
    static final int O_TRUNC = Fd.O_TRUNC;

    /**
     * O_DIRECT is not among them: whoever asks for it may pass addresses that ours are not aligned with. With
     * passthrough the kernel heeds it by itself.
     */
    private static final int KEPT_FLAGS =
            O_ACCMODE | Fd.O_APPEND | RawFiles.O_DSYNC | RawFiles.O_SYNC | RawFiles.O_NOATIME;

    private static final int SECTOR_BYTES = 512;
    private static final long MOST_COPIED = 256L << 20;

    private final LocalNode node;
    private final Descriptor descriptor;
    private final boolean writable;
    private final int access;

    // Of NodeExtras
    LocalFile next;
    LocalFile previous;

    private LocalFile(LocalNode node, int fd, int flags) {
        this.node = node;
        this.descriptor = Descriptor.open(fd);
        this.access = flags & O_ACCMODE;
        this.writable = access != Fd.O_RDONLY;
    }

    /** Takes over a descriptor. */
    static LocalFile of(LocalNode node, int fd, int flags) {
        LocalFile file = new LocalFile(node, fd, flags);
        node.tree().nodes().opened(node, file);
        return file;
    }

    /** What of a program's flags counts for the file behind. */
    static int backingFlags(int flags) {
        return flags & KEPT_FLAGS;
    }

    /** Truncates only after it is sure that it is the right file. */
    static LocalFile open(LocalNode node, int flags, Requester by) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        int fd = node.tree().reach().open(node, backingFlags(flags), memory);
        if ((flags & O_TRUNC) != 0) {
            try {
                truncate(node, fd, flags, by, memory);
            } catch (ErrnoException e) {
                RawFiles.close(fd);
                throw e;
            }
        }
        return of(node, fd, flags);
    }

    /** As the kernel would, for one who is not root: S_ISUID and S_ISGID go. */
    private static void truncate(LocalNode node, int fd, int flags, Requester by, ThreadMemory memory)
            throws ErrnoException {
        int mode = memory.stat().mode();
        int writable = (flags & O_ACCMODE) == Fd.O_RDONLY ? node.tree().reach().open(node, Fd.O_WRONLY, memory) : fd;
        try {
            int cleared = Change.withoutSetIds(mode);
            if (by.uid() != 0 && cleared != mode) {
                Failure.check(RawFiles.chmod(writable, cleared & 07777), "chmod");
            }
            Failure.check(RawFiles.truncate(writable, 0), "truncate");
        } finally {
            if (writable != fd) {
                RawFiles.close(writable);
            }
        }
    }

    Descriptor ownDescriptor() {
        return descriptor;
    }

    boolean isWritable() {
        return writable;
    }

    @Override
    public int read(long offset, IoBuffer into) throws ErrnoException {
        int fd = descriptor.fd();
        long address = into.address();
        int length = into.length();
        int done = 0;
        while (done < length) {
            long count = RawFiles.read(fd, address + done, length - done, offset + done);
            if (count < 0) {
                return partly(done, count, "read");
            }
            done += (int) count;
            if (count == 0 || (offset + done) % SECTOR_BYTES != 0) {
                break;
            }
        }
        return done;
    }

    @Override
    public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        if (clearSetIds) {
            clearSetIds();
        }
        int fd = descriptor.fd();
        long address = from.address();
        int length = from.length();
        int done = 0;
        while (done < length) {
            long count = RawFiles.write(fd, address + done, length - done, offset + done);
            if (count < 0) {
                return partly(done, count, "write");
            }
            done += (int) count;
        }
        return done;
    }

    /** What was done counts; the error comes again with the next call. */
    private static int partly(int done, long error, String operation) throws ErrnoException {
        if (done > 0) {
            return done;
        }
        throw Failure.of(error, operation);
    }

    /** This process may write without losing them, so it takes them away first. */
    private void clearSetIds() throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Failure.check(RawFiles.stat(descriptor.fd(), memory.stat()), "statx");
        int mode = memory.stat().mode();
        int cleared = Change.withoutSetIds(mode);
        if (cleared != mode) {
            Failure.check(RawFiles.chmod(descriptor.fd(), cleared & 07777), "chmod");
        }
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Failure.check(RawFiles.stat(descriptor.fd(), memory.stat()), "statx");
        node.tell(memory.stat(), false, out);
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        node.tree().checkWritable("setattr");
        ThreadMemory memory = ThreadMemory.current();
        Change change = new Change(node, descriptor, changes);
        if (writable) {
            change.applyWith(descriptor.fd(), memory);
        } else {
            change.apply(memory);
        }
        node.tell(memory.stat(), false, out);
    }

    /** A file system that is not local may keep back writes, and errors of them, until a descriptor is closed. */
    @Override
    public void flush() throws ErrnoException {
        if (writable && !node.mount.isLocal()) {
            int duplicate = Failure.check(RawFiles.duplicate(descriptor.fd()), "dup");
            Failure.check(RawFiles.close(duplicate), "close");
        }
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        Failure.check(RawFiles.sync(descriptor.fd(), dataOnly), "fsync");
    }

    @Override
    public void allocate(int mode, long offset, long length) throws ErrnoException {
        Failure.check(RawFiles.allocate(descriptor.fd(), mode, offset, length), "fallocate");
    }

    @Override
    public long seek(long offset, int whence) throws ErrnoException {
        if (whence != RawFiles.SEEK_DATA && whence != RawFiles.SEEK_HOLE) {
            throw new ErrnoException(Errno.EINVAL, "lseek");
        }
        long result = RawFiles.seek(descriptor.fd(), offset, whence);
        if (result < 0) {
            throw Failure.of(result, "lseek");
        }
        return result;
    }

    @Override
    public long copyTo(long offset, OpenFile to, long toOffset, long length) throws ErrnoException {
        if (!(to instanceof LocalFile target)) {
            throw new ErrnoException(Errno.EXDEV, "copy_file_range");
        }
        long most = Math.min(length, MOST_COPIED);
        long result = RawFiles.copy(descriptor.fd(), offset, target.descriptor.fd(), toOffset, most);
        if (result < 0) {
            throw Failure.of(result, "copy_file_range");
        }
        return result;
    }

    @Override
    public boolean lock(LockRange lock) throws ErrnoException {
        return node.tree().nodes().locks(node).set(lock, this);
    }

    @Override
    public LockRange conflicting(LockRange lock) throws ErrnoException {
        return node.tree().nodes().locks(node).conflicting(lock, this);
    }

    @Override
    public void releaseLocks(long owner) {
        node.tree().nodes().locks(node).release(owner);
    }

    /** The same file once more, with a description of its own; it is asked first to read and write. */
    int openAgain(boolean forBoth) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        if (forBoth && access != Fd.O_RDWR && !node.tree().options().readOnly()) {
            int both = RawFiles.open(Fd.AT_FDCWD, memory.path(descriptor.fd()), Fd.O_RDWR | Fd.O_NOCTTY, 0);
            if (both >= 0) {
                return both;
            }
        }
        return node.tree().reach().reopen(descriptor.fd(), access, memory);
    }

    @Override
    public int descriptor() {
        return descriptor.fd();
    }

    @Override
    public void close() {
        if (writable) {
            node.tree().coherence().wrote(node);
        }
        FileLocks locks = node.tree().nodes().closed(node, this);
        if (locks != null) {
            locks.releaseAll();
        }
        descriptor.unpin();
        node.tree().disposeDropped();
    }
}
