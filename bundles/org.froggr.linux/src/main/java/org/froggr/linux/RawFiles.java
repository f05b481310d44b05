package org.froggr.linux;

import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls on descriptors for the hot path: nothing is allocated, and nothing thrown. Every method returns what
 * the system call returns, or the negated errno. Addresses are of native memory, strings end with NUL; see
 * {@link ThreadMemory}. EINTR is returned like any other error: a slow call may have been interrupted on
 * purpose.
 */
@ProviderType
public final class RawFiles {
    /** Modes and flags of open(2) that {@link Fd} does not have (asm-generic/fcntl.h). */
    public static final int O_ACCMODE = 3;

    public static final int O_DSYNC = 010000;
    public static final int O_DIRECT = Platform.isARM() ? 0200000 : 040000;
    public static final int O_NOATIME = 01000000;
    public static final int O_SYNC = 04010000;
    public static final int O_TMPFILE = 020000000 | Fd.O_DIRECTORY;

    /** Flag of {@link #stat}: does not mount what autofs would mount there. */
    public static final int AT_NO_AUTOMOUNT = 0x800;

    /** Flag of linkat(2): follows the link, such as one below {@code /proc/self/fd}. */
    public static final int AT_SYMLINK_FOLLOW = 0x400;

    /** {@code whence} of {@link #seek} (linux/fs.h). */
    public static final int SEEK_DATA = 3;

    public static final int SEEK_HOLE = 4;

    // linux/openat2.h
    public static final long RESOLVE_NO_XDEV = 0x01;
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    public static final long RESOLVE_NO_SYMLINKS = 0x04;
    public static final long RESOLVE_BENEATH = 0x08;

    /** In place of a time: the present one, or the one there is (linux/stat.h). */
    public static final int UTIME_NOW = (1 << 30) - 1;

    public static final int UTIME_OMIT = (1 << 30) - 2;

    /** What {@link #stat} asks for: STATX_BASIC_STATS, STATX_BTIME and STATX_MNT_ID of linux/stat.h. */
    private static final int STAT_MASK = 0x7ff | 0x800 | 0x1000;

    private static final int SYS_OPENAT2 = 437;
    private static final int SYS_FCHMODAT2 = 452;
    private static final int HOW_BYTES = 24;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int ENOSYS = 38;

    private static volatile boolean hasFchmodat2 = true;

    private RawFiles() {}

    /** openat(2); the descriptor is close-on-exec. */
    public static int open(int dir, long path, int flags, int mode) {
        return LibcRaw.result(LibcRaw.openat(dir, path, flags | Fd.O_CLOEXEC, mode));
    }

    /** openat2(2) with RESOLVE_ flags; uses the thread's {@link ThreadMemory#arguments}. */
    public static int open2(int dir, long path, int flags, int mode, long resolve) {
        ThreadMemory memory = ThreadMemory.current();
        memory.arguments()
                .putLong(0, Integer.toUnsignedLong(flags | Fd.O_CLOEXEC))
                .putLong(8, mode)
                .putLong(16, resolve);
        long fd = LibcRaw.syscall(SYS_OPENAT2, dir, path, memory.argumentsAddress(), HOW_BYTES, 0, 0);
        return (int) LibcRaw.result(fd);
    }

    /** close(2). */
    public static int close(int fd) {
        return LibcRaw.result(LibcRaw.close(fd));
    }

    /** Another descriptor of the same open file. */
    public static int duplicate(int fd) {
        return LibcRaw.result(LibcRaw.fcntl(fd, F_DUPFD_CLOEXEC, 0));
    }

    /** statx(2) of a name, with flags such as {@link Fd#AT_SYMLINK_NOFOLLOW}. */
    public static int stat(int dir, long path, int flags, StatxBuffer into) {
        return LibcRaw.result(LibcRaw.statx(dir, path, flags, STAT_MASK, into.address()));
    }

    /** statx(2) of a descriptor, also one opened with O_PATH. */
    public static int stat(int fd, StatxBuffer into) {
        return stat(fd, ThreadMemory.EMPTY, Fd.AT_EMPTY_PATH, into);
    }

    /** fstatfs(2) into 120 bytes. */
    public static int statfs(int fd, long into) {
        return LibcRaw.result(LibcRaw.fstatfs(fd, into));
    }

    /** read(2). */
    public static long read(int fd, long into, long length) {
        return LibcRaw.result(LibcRaw.read(fd, into, length));
    }

    /** pread(2). */
    public static long read(int fd, long into, long length, long offset) {
        return LibcRaw.result(LibcRaw.pread(fd, into, length, offset));
    }

    /** pwrite(2); appends if the file was opened with O_APPEND, whatever the offset. */
    public static long write(int fd, long from, long length, long offset) {
        return LibcRaw.result(LibcRaw.pwrite(fd, from, length, offset));
    }

    /** lseek(2). */
    public static long seek(int fd, long offset, int whence) {
        return LibcRaw.result(LibcRaw.lseek(fd, offset, whence));
    }

    /** ftruncate(2). */
    public static int truncate(int fd, long length) {
        return LibcRaw.result(LibcRaw.ftruncate(fd, length));
    }

    /** fallocate(2). */
    public static int allocate(int fd, int mode, long offset, long length) {
        return LibcRaw.result(LibcRaw.fallocate(fd, mode, offset, length));
    }

    /** copy_file_range(2); uses the thread's {@link ThreadMemory#arguments}. */
    public static long copy(int in, long inOffset, int out, long outOffset, long length) {
        ThreadMemory memory = ThreadMemory.current();
        memory.arguments().putLong(0, inOffset).putLong(8, outOffset);
        long offsets = memory.argumentsAddress();
        return LibcRaw.result(LibcRaw.copy_file_range(in, offsets, out, offsets + 8, length, 0));
    }

    /** fsync(2), or fdatasync(2). */
    public static int sync(int fd, boolean dataOnly) {
        return LibcRaw.result(dataOnly ? LibcRaw.fdatasync(fd) : LibcRaw.fsync(fd));
    }

    /** syncfs(2). */
    public static int syncFileSystem(int fd) {
        return LibcRaw.result(LibcRaw.syncfs(fd));
    }

    /** getdents64(2); see {@link Dirents} for what it puts there. */
    public static int list(int fd, long into, int length) {
        return (int) LibcRaw.result(LibcRaw.getdents64(fd, into, length));
    }

    /** fchmod(2); not for O_PATH. */
    public static int chmod(int fd, int mode) {
        return LibcRaw.result(LibcRaw.fchmod(fd, mode));
    }

    /**
     * Changes the mode of what an O_PATH descriptor means: fchmodat2(2) (Linux 6.6), else chmod(2) below
     * {@code /proc}. EOPNOTSUPP for a symbolic link.
     */
    public static int chmodPath(int fd, int mode) {
        if (hasFchmodat2) {
            int result = (int) LibcRaw.result(
                    LibcRaw.syscall(SYS_FCHMODAT2, fd, ThreadMemory.EMPTY, mode, Fd.AT_EMPTY_PATH, 0, 0));
            if (result != -ENOSYS) {
                return result;
            }
            hasFchmodat2 = false;
        }
        return LibcRaw.result(LibcRaw.chmod(ThreadMemory.current().path(fd), mode));
    }

    /** fchownat(2) of a descriptor, also one opened with O_PATH; -1 leaves a number as it is. */
    public static int chown(int fd, int uid, int gid) {
        return LibcRaw.result(LibcRaw.fchownat(fd, ThreadMemory.EMPTY, uid, gid, Fd.AT_EMPTY_PATH));
    }

    /**
     * utimensat(2) of a descriptor, also one opened with O_PATH; nanoseconds may be {@link #UTIME_NOW} or
     * {@link #UTIME_OMIT}. Uses the thread's {@link ThreadMemory#arguments}.
     */
    public static int setTimes(int fd, long accessSeconds, int accessNanos, long modifySeconds, int modifyNanos) {
        ThreadMemory memory = ThreadMemory.current();
        ByteBuffer times = memory.arguments();
        times.putLong(0, accessSeconds).putLong(8, accessNanos);
        times.putLong(16, modifySeconds).putLong(24, modifyNanos);
        return LibcRaw.result(
                LibcRaw.utimensat(fd, ThreadMemory.EMPTY, memory.argumentsAddress(), Fd.AT_EMPTY_PATH));
    }
}
