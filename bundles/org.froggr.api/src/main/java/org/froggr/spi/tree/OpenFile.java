package org.froggr.spi.tree;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/** An open regular file: what the kernel calls an open file description. */
@ConsumerType
public interface OpenFile extends AutoCloseable {
    /**
     * pread(2): fills the buffer from its position on.
     *
     * @return bytes read, fewer than fit only at the end of the file
     */
    int read(long offset, IoBuffer into) throws ErrnoException;

    /**
     * pwrite(2) of what the buffer has from its position on; at the end of the file if it was opened with
     * O_APPEND.
     *
     * @param clearSetIds whether the write takes S_ISUID and S_ISGID away (FUSE_WRITE_KILL_SUIDGID, linux/fuse.h)
     * @return bytes written, fewer than given only if the device is full
     */
    default int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EBADF, "write");
    }

    /** The attributes: fstat(2). */
    void attributes(Attributes out) throws ErrnoException;

    /** ftruncate(2), fchmod(2) and so on; works when the file has no name any more. */
    default void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.EROFS, "setattr");
    }

    /** One descriptor of it was closed: errors of delayed writes are reported here. */
    default void flush() throws ErrnoException {}

    /** fsync(2), or fdatasync(2). */
    default void sync(boolean dataOnly) throws ErrnoException {}

    /** fallocate(2). */
    default void allocate(int mode, long offset, long length) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "fallocate");
    }

    /**
     * lseek(2) for SEEK_DATA and SEEK_HOLE.
     *
     * @throws ErrnoException ENXIO; EOPNOTSUPP lets the caller take the file for one without holes
     */
    default long seek(long offset, int whence) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "lseek");
    }

    /**
     * copy_file_range(2) into another file of the same tree.
     *
     * @return bytes copied, 0 at the end of this file
     * @throws ErrnoException EXDEV or EOPNOTSUPP let the kernel copy by reading and writing
     */
    default long copyTo(long offset, OpenFile to, long toOffset, long length) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "copy_file_range");
    }

    /**
     * Sets or releases a lock, without waiting.
     *
     * @return false if another owner has a lock in the way
     * @throws ErrnoException EOPNOTSUPP if the tree has no locks; they are then valid among those alone
     *     who use this tree through the same mount
     */
    default boolean lock(LockRange lock) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "lock");
    }

    /** F_GETLK of fcntl(2): a lock that is in the way of this one, or null. */
    default LockRange conflicting(LockRange lock) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "lock");
    }

    /** An owner closed a descriptor of it, which ends its record locks. */
    default void releaseLocks(long owner) throws ErrnoException {}

    /**
     * A descriptor of this process for the same file, opened with the same flags, that the kernel may read
     * and write directly instead of asking; -1 if there is none. Valid until {@link #close}.
     */
    default int descriptor() {
        return -1;
    }

    /** Closes it. What is to be reported was reported by {@link #flush}. */
    @Override
    void close() throws ErrnoException;
}
