package org.froggr.linux;

/** Files and directories, as fcntl.h, unistd.h, sys/stat.h and sys/file.h of the C library declare them. */
final class LibcFiles {
    static {
        Libc.register(LibcFiles.class);
    }

    private LibcFiles() {}

    static native int openat(int dir, byte[] path, int flags, int mode);

    static native int close(int fd);

    static native long read(int fd, byte[] buffer, long length);

    static native long write(int fd, byte[] buffer, long length);

    static native long pwrite(int fd, byte[] buffer, long length, long offset);

    static native long lseek(int fd, long offset, int whence);

    static native int fsync(int fd);

    static native int ftruncate(int fd, long length);

    static native int flock(int fd, int operation);

    static native int dup3(int from, int onto, int flags);

    static native int fcntl(int fd, int command, int argument);

    static native int ioctl(int fd, long request, int[] argument);

    static native int pipe2(int[] fds, int flags);

    static native int fchmod(int fd, int mode);

    static native int mkdirat(int dir, byte[] path, int mode);

    static native int unlinkat(int dir, byte[] path, int flags);

    static native int renameat2(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    static native int linkat(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    static native int symlinkat(byte[] target, int dir, byte[] path);

    static native long readlinkat(int dir, byte[] path, byte[] buffer, long size);

    static native int mkfifoat(int dir, byte[] path, int mode);

    static native int fchmodat(int dir, byte[] path, int mode, int flags);

    static native int fchownat(int dir, byte[] path, int uid, int gid, int flags);

    static native long getdents64(int fd, byte[] buffer, long size);

    static native int statx(int dir, byte[] path, int flags, int mask, byte[] result);

    static native int fstatfs(int fd, byte[] result);

    /** For openat2, which the C library has no wrapper for. */
    static native long syscall(long number, long dir, byte[] path, long[] how, long size);
}
