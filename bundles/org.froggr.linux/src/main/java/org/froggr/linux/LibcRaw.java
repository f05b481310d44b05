package org.froggr.linux;

import com.sun.jna.Native;

/**
 * The calls of the hot path: primitives only, pointers as {@code long}s, so that JNA converts nothing and
 * allocates nothing. Declared by fcntl.h, unistd.h, sys/stat.h, sys/statfs.h, sys/xattr.h, sys/file.h,
 * sys/inotify.h, sys/resource.h and sched.h;
 * capget and capset are there without being declared.
 */
final class LibcRaw {
    static {
        Libc.register(LibcRaw.class);
    }

    private LibcRaw() {}

    /** The result, or the negated errno of the call that this thread made last. */
    static int result(int result) {
        return result < 0 ? -Native.getLastError() : result;
    }

    static long result(long result) {
        return result < 0 ? -Native.getLastError() : result;
    }

    static native int openat(int dir, long path, int flags, int mode);

    static native int close(int fd);

    static native int statx(int dir, long path, int flags, int mask, long buffer);

    static native int fstatfs(int fd, long buffer);

    static native long read(int fd, long buffer, long length);

    static native long pread(int fd, long buffer, long length, long offset);

    static native long pwrite(int fd, long buffer, long length, long offset);

    static native long lseek(int fd, long offset, int whence);

    static native int ftruncate(int fd, long length);

    static native int fallocate(int fd, int mode, long offset, long length);

    static native long copy_file_range(int in, long inOffset, int out, long outOffset, long length, int flags);

    static native int fsync(int fd);

    static native int fdatasync(int fd);

    static native int syncfs(int fd);

    static native long getdents64(int fd, long buffer, long length);

    static native int mkdirat(int dir, long path, int mode);

    static native int symlinkat(long target, int dir, long path);

    static native int linkat(int fromDir, long from, int toDir, long to, int flags);

    static native int unlinkat(int dir, long path, int flags);

    static native int renameat2(int fromDir, long from, int toDir, long to, int flags);

    static native long readlinkat(int dir, long path, long buffer, long length);

    static native int fchmod(int fd, int mode);

    static native int chmod(long path, int mode);

    static native int fchownat(int dir, long path, int uid, int gid, int flags);

    static native int utimensat(int dir, long path, long times, int flags);

    static native long getxattr(long path, long name, long value, long size);

    static native long lgetxattr(long path, long name, long value, long size);

    static native long fgetxattr(int fd, long name, long value, long size);

    static native long listxattr(long path, long list, long size);

    static native long llistxattr(long path, long list, long size);

    static native long flistxattr(int fd, long list, long size);

    static native int setxattr(long path, long name, long value, long size, int flags);

    static native int fsetxattr(int fd, long name, long value, long size, int flags);

    static native int removexattr(long path, long name);

    static native int fremovexattr(int fd, long name);

    static native int fcntl(int fd, int command, long argument);

    static native int flock(int fd, int operation);

    static native int umask(int mask);

    static native int unshare(int flags);

    static native int capget(long header, long data);

    static native int capset(long header, long data);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, long path, int mask);

    static native int inotify_rm_watch(int fd, int watch);

    static native int name_to_handle_at(int dir, long path, long handle, long mountId, int flags);

    static native int open_by_handle_at(int mount, long handle, int flags);

    static native int getrlimit(int resource, long limits);

    static native int setrlimit(int resource, long limits);

    /** For calls that the C library has no wrapper for, or one that does more than is wanted. */
    static native long syscall(long number, long a, long b, long c, long d, long e, long f);
}
