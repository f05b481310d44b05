package org.froggr.linux;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Descriptors of open files: open(2), read(2), write(2), fcntl(2) and their kin. Whatever is opened here
 * is close-on-exec. {@link OwnedFd} wraps one for try-with-resources.
 */
@ProviderType
public final class Fd {
    // asm-generic/fcntl.h; arm64 has numbers of its own for two of them (arch/arm64/include/uapi/asm/fcntl.h).
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_EXCL = 0200;
    public static final int O_NOCTTY = 0400;
    public static final int O_TRUNC = 01000;
    public static final int O_APPEND = 02000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_DIRECTORY = ARM ? 040000 : 0200000;
    public static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    public static final int O_CLOEXEC = 02000000;
    public static final int O_PATH = 010000000;

    /** In place of a directory's descriptor: the working directory of the process (fcntl.h). */
    public static final int AT_FDCWD = -100;

    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int AT_RECURSIVE = 0x8000;

    /** {@code whence} of {@link #seek} (unistd.h). */
    public static final int SEEK_SET = 0;

    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;

    private static final long SYS_OPENAT2 = 437;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int OPENAT2_TRIES = 16;

    static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    static final int FD_CLOEXEC = 1;
    private static final long FIONREAD = 0x541B;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;

    /** Largest piece of one read or write: what is passed to native code is copied. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int FIRST_CHUNK_BYTES = 4096;

    private Fd() {}

    /** open(2) of an absolute path, or one relative to the process's working directory. */
    public static int open(BytePath path, int flags, int mode) throws ErrnoException {
        return openat(AT_FDCWD, path, flags, mode);
    }

    /** openat(2). {@code mode} counts with {@link #O_CREAT} only. */
    public static int openat(int dir, BytePath path, int flags, int mode) throws ErrnoException {
        byte[] name = path.cString();
        return Libc.retry(() -> LibcFiles.openat(dir, name, flags | O_CLOEXEC, mode), "openat", path);
    }

    /**
     * openat2(2) with RESOLVE_IN_ROOT: {@code dir} is what {@code /}, and {@code ..} at the top, mean.
     *
     * @throws ErrnoException EAGAIN if renames raced with the look-up again and again
     */
    public static int openInRoot(int dir, BytePath path, int flags) throws ErrnoException {
        byte[] name = path.cString();
        long[] how = {Integer.toUnsignedLong(flags | O_CLOEXEC), 0, RESOLVE_IN_ROOT};
        long fd;
        int tries = 0;
        do {
            fd = LibcFiles.syscall(SYS_OPENAT2, dir, name, how, how.length * 8L);
            tries++;
        } while (fd < 0 && tries < OPENAT2_TRIES && (Libc.failedWith(Errno.EAGAIN) || Libc.failedWith(Errno.EINTR)));
        return (int) Libc.check(fd, "openat2", path);
    }

    /** close(2). Not repeated after EINTR: Linux has closed the descriptor by then. */
    public static void close(int fd) throws ErrnoException {
        if (LibcFiles.close(fd) < 0 && !Libc.failedWith(Errno.EINTR)) {
            Libc.check(-1, "close", null);
        }
    }

    /** Closes what is not negative, without a word about errors: for clean-up after another one. */
    public static void closeQuietly(int... fds) {
        for (int fd : fds) {
            if (fd >= 0) {
                LibcFiles.close(fd);
            }
        }
    }

    /**
     * read(2) into a part of the buffer, at most 64 KiB at a time.
     *
     * @return bytes read; 0 at the end of the file, or if {@code length} is 0
     */
    public static int read(int fd, byte[] buffer, int offset, int length) throws ErrnoException {
        int count = Math.min(length, CHUNK_BYTES);
        boolean whole = offset == 0 && count == buffer.length;
        byte[] target = whole ? buffer : new byte[count];
        int read = (int) Libc.retryLong(() -> LibcFiles.read(fd, target, count), "read");
        if (!whole) {
            System.arraycopy(target, 0, buffer, offset, read);
        }
        return read;
    }

    /** write(2) of a part of the buffer, at most 64 KiB at a time; returns how many bytes were written. */
    public static int write(int fd, byte[] buffer, int offset, int length) throws ErrnoException {
        byte[] piece = piece(buffer, offset, length);
        return (int) Libc.retryLong(() -> LibcFiles.write(fd, piece, piece.length), "write");
    }

    /** pwrite(2) at this place of the file; as {@link #write} otherwise. */
    public static int pwrite(int fd, byte[] buffer, int offset, int length, long position) throws ErrnoException {
        byte[] piece = piece(buffer, offset, length);
        return (int) Libc.retryLong(() -> LibcFiles.pwrite(fd, piece, piece.length, position), "pwrite");
    }

    private static byte[] piece(byte[] buffer, int offset, int length) {
        int count = Math.min(length, CHUNK_BYTES);
        return offset == 0 && count == buffer.length ? buffer : Arrays.copyOfRange(buffer, offset, offset + count);
    }

    /**
     * Writes all of it.
     *
     * @throws ErrnoException EAGAIN if the descriptor is non-blocking and took only a part
     */
    public static void writeFully(int fd, byte[] bytes) throws ErrnoException {
        int done = 0;
        while (done < bytes.length) {
            done += write(fd, bytes, done, bytes.length - done);
        }
    }

    /**
     * Reads to the end of the file.
     *
     * @throws ErrnoException EFBIG if there are more than {@code limit} bytes
     */
    public static byte[] readFully(int fd, int limit) throws ErrnoException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(FIRST_CHUNK_BYTES);
        byte[] chunk = new byte[FIRST_CHUNK_BYTES];
        int read;
        while ((read = read(fd, chunk, 0, chunk.length)) > 0) {
            if (read > limit - all.size()) {
                throw new ErrnoException(Errno.EFBIG, "read");
            }
            all.write(chunk, 0, read);
            if (read == chunk.length && read < CHUNK_BYTES) {
                chunk = new byte[read * 2];
            }
        }
        return all.toByteArray();
    }

    /** fsync(2). */
    public static void fsync(int fd) throws ErrnoException {
        Libc.retry(() -> LibcFiles.fsync(fd), "fsync", null);
    }

    /** ftruncate(2) to this many bytes. */
    public static void ftruncate(int fd, long length) throws ErrnoException {
        Libc.retry(() -> LibcFiles.ftruncate(fd, length), "ftruncate", null);
    }

    /** lseek(2); returns the new place. */
    public static long seek(int fd, long offset, int whence) throws ErrnoException {
        return Libc.check(LibcFiles.lseek(fd, offset, whence), "lseek", null);
    }

    /** fchmod(2). */
    public static void chmod(int fd, int mode) throws ErrnoException {
        Libc.check(LibcFiles.fchmod(fd, mode), "fchmod", null);
    }

    /** Another descriptor of the same open file: F_DUPFD_CLOEXEC of fcntl(2). */
    public static int dup(int fd) throws ErrnoException {
        return dup(fd, 0);
    }

    /** {@link #dup(int)} with a number that is {@code lowest} or greater. */
    public static int dup(int fd, int lowest) throws ErrnoException {
        return fcntl(fd, F_DUPFD_CLOEXEC, lowest);
    }

    /**
     * dup3(2): lets {@code onto}, which is closed in the same step, mean the open file of {@code from}.
     * Whoever uses the number {@code onto} at that moment meets the one file or the other.
     */
    public static void replace(int from, int onto) throws ErrnoException {
        Libc.retry(() -> LibcFiles.dup3(from, onto, O_CLOEXEC), "dup3", null);
    }

    /** Bytes that can be read now: FIONREAD of ioctl(2), see pipe(7). */
    public static int available(int fd) throws ErrnoException {
        int[] count = new int[1];
        Libc.check(LibcFiles.ioctl(fd, FIONREAD, count), "ioctl FIONREAD", null);
        return count[0];
    }

    /**
     * flock(2): the lock belongs to the open file and goes when its last descriptor is closed.
     *
     * @param exclusive otherwise shared
     * @param wait as long as it takes, in the kernel; Java's interrupt does not end it
     * @return whether the lock is held; always true with {@code wait}
     */
    public static boolean flock(int fd, boolean exclusive, boolean wait) throws ErrnoException {
        int operation = (exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB);
        try {
            Libc.retry(() -> LibcFiles.flock(fd, operation), "flock", null);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN) && !wait) {
                return false;
            }
            throw e;
        }
    }

    /** Gives back what {@link #flock} took. */
    public static void funlock(int fd) throws ErrnoException {
        Libc.check(LibcFiles.flock(fd, LOCK_UN), "flock", null);
    }

    /** Whether O_NONBLOCK is set. */
    public static boolean isNonBlocking(int fd) throws ErrnoException {
        return (fcntl(fd, F_GETFL, 0) & O_NONBLOCK) != 0;
    }

    /** Sets or clears O_NONBLOCK, which belongs to the open file and not to the descriptor. */
    public static void setNonBlocking(int fd, boolean nonBlocking) throws ErrnoException {
        int flags = fcntl(fd, F_GETFL, 0);
        fcntl(fd, F_SETFL, nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
    }

    /** Access mode and status flags as open(2) knows them: F_GETFL of fcntl(2). */
    public static int flags(int fd) throws ErrnoException {
        return fcntl(fd, F_GETFL, 0);
    }

    /** Marks a descriptor that others opened as close-on-exec. */
    public static void setCloseOnExec(int fd) throws ErrnoException {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }

    /** Bytes that a pipe holds: F_GETPIPE_SZ of fcntl(2). */
    public static int pipeCapacity(int fd) throws ErrnoException {
        return fcntl(fd, F_GETPIPE_SZ, 0);
    }

    /** Asks for a capacity in bytes; returns what the kernel made of it, at least one page. */
    public static int setPipeCapacity(int fd, int bytes) throws ErrnoException {
        return fcntl(fd, F_SETPIPE_SZ, bytes);
    }

    /** pipe2(2): the end to read from, then the end to write to. */
    public static int[] pipe() throws ErrnoException {
        int[] ends = new int[2];
        Libc.check(LibcFiles.pipe2(ends, O_CLOEXEC), "pipe2", null);
        return ends;
    }

    private static int fcntl(int fd, int command, int argument) throws ErrnoException {
        return Libc.retry(() -> LibcFiles.fcntl(fd, command, argument), "fcntl", null);
    }
}
