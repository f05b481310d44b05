package org.froggr.itests.posix;

/** Numbers of the kernel: fcntl.h, linux/stat.h, linux/fs.h, sys/mman.h and others, for x86-64 and arm64. */
final class Linux {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_TRUNC = 01000;
    static final int O_APPEND = 02000;
    static final int O_NONBLOCK = 04000;
    static final int O_DSYNC = 010000;
    static final int O_DIRECT = ARM ? 0200000 : 040000;
    static final int O_DIRECTORY = ARM ? 040000 : 0200000;
    static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    static final int O_NOATIME = 01000000;
    static final int O_CLOEXEC = 02000000;
    static final int O_SYNC = 04010000;
    static final int O_PATH = 010000000;
    static final int O_TMPFILE = 020000000 | O_DIRECTORY;
    static final int O_ACCMODE = 3;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EACCESS = 0x200;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int S_IFMT = 0170000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFLNK = 0120000;
    static final int S_IFREG = 0100000;
    static final int S_IFBLK = 0060000;
    static final int S_IFDIR = 0040000;
    static final int S_IFCHR = 0020000;
    static final int S_IFIFO = 0010000;

    static final int SEEK_SET = 0;
    static final int SEEK_CUR = 1;
    static final int SEEK_END = 2;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    static final int F_OK = 0;
    static final int X_OK = 1;
    static final int W_OK = 2;
    static final int R_OK = 4;

    static final int F_GETFD = 1;
    static final int F_SETFD = 2;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int F_GETLK = 5;
    static final int F_SETLK = 6;
    static final int F_SETLKW = 7;
    static final int F_OFD_GETLK = 36;
    static final int F_OFD_SETLK = 37;
    static final int F_OFD_SETLKW = 38;
    static final int F_RDLCK = 0;
    static final int F_WRLCK = 1;
    static final int F_UNLCK = 2;

    static final int LOCK_SH = 1;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int LOCK_UN = 8;

    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;
    static final int RENAME_WHITEOUT = 4;

    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 2;
    static final int FALLOC_FL_COLLAPSE_RANGE = 8;
    static final int FALLOC_FL_ZERO_RANGE = 0x10;
    static final int FALLOC_FL_INSERT_RANGE = 0x20;

    static final int XATTR_CREATE = 1;
    static final int XATTR_REPLACE = 2;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MS_ASYNC = 1;
    static final int MS_INVALIDATE = 2;
    static final int MS_SYNC = 4;

    static final long UTIME_NOW = (1L << 30) - 1;
    static final long UTIME_OMIT = (1L << 30) - 2;

    static final int CLONE_FS = 0x200;
    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_REALTIME_COARSE = 5;

    static final int ST_NOSUID = 2;
    static final int ST_NODEV = 4;
    static final int ST_NOEXEC = 8;
    static final int ST_NOATIME = 1024;

    static final int POLLIN = 1;
    static final int POLLOUT = 4;

    static final int IN_ACCESS = 0x1;
    static final int IN_MODIFY = 0x2;
    static final int IN_ATTRIB = 0x4;
    static final int IN_CLOSE_WRITE = 0x8;
    static final int IN_CLOSE_NOWRITE = 0x10;
    static final int IN_OPEN = 0x20;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_CREATE = 0x100;
    static final int IN_DELETE = 0x200;
    static final int IN_DELETE_SELF = 0x400;
    static final int IN_MOVE_SELF = 0x800;

    static final long FIONREAD = 0x541B;
    static final int SIGKILL = 9;

    /** Longest component and longest path with its NUL (linux/limits.h). */
    static final int NAME_MAX = 255;

    static final int PATH_MAX = 4096;

    // asm/unistd_64.h; asm-generic/unistd.h
    static final long SYS_SETRESUID = ARM ? 147 : 117;
    static final long SYS_SETRESGID = ARM ? 149 : 119;
    static final long SYS_SETGROUPS = ARM ? 159 : 116;
    static final long SYS_GETTID = ARM ? 178 : 186;
    static final long SYS_GETCWD = ARM ? 17 : 79;
    static final long SYS_FCNTL = ARM ? 25 : 72;
    static final long SYS_FLOCK = ARM ? 32 : 73;
    static final long SYS_OPENAT2 = 437;
    static final long SYS_FACCESSAT2 = 439;

    private Linux() {}

    /** As makedev(3) composes it, for numbers below 256. */
    static long device(int major, int minor) {
        return (long) major << 8 | minor;
    }
}
