package org.froggr.fuse.internal;

/**
 * Layout of the messages: offsets within the structures of linux/fuse.h, in bytes, and the values of their
 * flags. All numbers are in the machine's byte order; the structures are the same on every architecture.
 */
final class FuseWire {
    static final int MAJOR = 7;

    /** FUSE_KERNEL_MINOR_VERSION that this speaks: Linux 6.18. */
    static final int MINOR = 45;

    /** Linux 5.4. */
    static final int OLDEST_MINOR = 31;

    static final long ROOT_ID = 1;

    // struct fuse_in_header
    static final int IN_HEADER = 40;
    static final int IN_LENGTH = 0;
    static final int IN_OPCODE = 4;
    static final int IN_UNIQUE = 8;
    static final int IN_NODE = 16;
    static final int IN_UID = 24;
    static final int IN_GID = 28;
    static final int IN_PID = 32;
    static final int IN_EXTENSIONS = 36;

    // struct fuse_out_header
    static final int OUT_HEADER = 16;
    static final int OUT_LENGTH = 0;
    static final int OUT_ERROR = 4;
    static final int OUT_UNIQUE = 8;

    // struct fuse_ext_header, struct fuse_supp_groups
    static final int EXTENSION_HEADER = 8;
    static final int EXTENSION_SIZE = 0;
    static final int EXTENSION_TYPE = 4;
    static final int EXTENSION_GROUPS = 32;
    static final int GROUPS_COUNT = 8;
    static final int GROUPS_FIRST = 12;

    // struct fuse_init_in, fuse_init_out
    static final int INIT_MAJOR = 0;
    static final int INIT_MINOR = 4;
    static final int INIT_READAHEAD = 8;
    static final int INIT_FLAGS = 12;
    static final int INIT_IN_FLAGS2 = 16;
    static final int INIT_OUT = 64;
    static final int INIT_BACKGROUND = 16;
    static final int INIT_CONGESTION = 18;
    static final int INIT_MAX_WRITE = 20;
    static final int INIT_TIME_GRANULARITY = 24;
    static final int INIT_MAX_PAGES = 28;
    static final int INIT_OUT_FLAGS2 = 32;
    static final int INIT_STACK_DEPTH = 36;

    // Flags of INIT
    static final long ASYNC_READ = 1;
    static final long POSIX_LOCKS = 1 << 1;
    static final long ATOMIC_O_TRUNC = 1 << 3;
    static final long BIG_WRITES = 1 << 5;
    static final long DONT_MASK = 1 << 6;
    static final long FLOCK_LOCKS = 1 << 10;
    static final long AUTO_INVAL_DATA = 1 << 12;
    static final long DO_READDIRPLUS = 1 << 13;
    static final long READDIRPLUS_AUTO = 1 << 14;
    static final long ASYNC_DIO = 1 << 15;
    static final long PARALLEL_DIROPS = 1 << 18;
    static final long POSIX_ACL = 1 << 20;
    static final long MAX_PAGES = 1 << 22;
    static final long CACHE_SYMLINKS = 1 << 23;
    static final long HANDLE_KILLPRIV_V2 = 1 << 28;
    static final long SETXATTR_EXT = 1 << 29;
    static final long INIT_EXT = 1 << 30;
    static final long CREATE_SUPP_GROUP = 1L << 34;
    static final long HAS_EXPIRE_ONLY = 1L << 35;
    static final long DIRECT_IO_ALLOW_MMAP = 1L << 36;
    static final long PASSTHROUGH = 1L << 37;
    static final long HAS_RESEND = 1L << 39;

    // struct fuse_attr
    static final int ATTR_INODE = 0;
    static final int ATTR_SIZE = 8;
    static final int ATTR_BLOCKS = 16;
    static final int ATTR_ATIME = 24;
    static final int ATTR_MTIME = 32;
    static final int ATTR_CTIME = 40;
    static final int ATTR_ATIME_NANOS = 48;
    static final int ATTR_MTIME_NANOS = 52;
    static final int ATTR_CTIME_NANOS = 56;
    static final int ATTR_MODE = 60;
    static final int ATTR_LINKS = 64;
    static final int ATTR_UID = 68;
    static final int ATTR_GID = 72;
    static final int ATTR_RDEV = 76;
    static final int ATTR_BLOCK_SIZE = 80;
    static final int ATTR_FLAGS = 84;

    // struct fuse_entry_out
    static final int ENTRY_OUT = 128;
    static final int ENTRY_NODE = 0;
    static final int ENTRY_GENERATION = 8;
    static final int ENTRY_VALID = 16;
    static final int ENTRY_ATTR_VALID = 24;
    static final int ENTRY_VALID_NANOS = 32;
    static final int ENTRY_ATTR_VALID_NANOS = 36;
    static final int ENTRY_ATTR = 40;

    // struct fuse_attr_out
    static final int ATTR_OUT = 104;
    static final int ATTR_OUT_VALID = 0;
    static final int ATTR_OUT_VALID_NANOS = 8;
    static final int ATTR_OUT_ATTR = 16;

    // struct fuse_getattr_in and fuse_statx_in: flags, then at 8 the handle
    static final int GETATTR_FLAGS = 0;
    static final int GETATTR_HANDLE = 8;
    static final int GETATTR_FH = 1;

    // struct fuse_statx_out and the fuse_statx in it, which is struct statx of linux/stat.h
    static final int STATX_OUT = 288;
    static final int STATX_VALID = 0;
    static final int STATX_VALID_NANOS = 8;
    static final int STATX = 32;
    static final int STATX_MASK = STATX;
    static final int STATX_BLOCK_SIZE = STATX + 4;
    static final int STATX_LINKS = STATX + 16;
    static final int STATX_UID = STATX + 20;
    static final int STATX_GID = STATX + 24;
    static final int STATX_MODE = STATX + 28;
    static final int STATX_INODE = STATX + 32;
    static final int STATX_SIZE = STATX + 40;
    static final int STATX_BLOCKS = STATX + 48;
    static final int STATX_ATIME = STATX + 64;
    static final int STATX_BTIME = STATX + 80;
    static final int STATX_CTIME = STATX + 96;
    static final int STATX_MTIME = STATX + 112;
    static final int STATX_TIME_NANOS = 8;
    static final int STATX_RDEV_MAJOR = STATX + 128;
    static final int STATX_RDEV_MINOR = STATX + 132;
    static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_HAS_BTIME = 0x800;

    // struct fuse_setattr_in
    static final int SETATTR_IN = 88;
    static final int SETATTR_VALID = 0;
    static final int SETATTR_HANDLE = 8;
    static final int SETATTR_SIZE = 16;
    static final int SETATTR_ATIME = 32;
    static final int SETATTR_MTIME = 40;
    static final int SETATTR_ATIME_NANOS = 56;
    static final int SETATTR_MTIME_NANOS = 60;
    static final int SETATTR_MODE = 68;
    static final int SETATTR_UID = 76;
    static final int SETATTR_GID = 80;
    static final int FATTR_FH = 1 << 6;

    // struct fuse_mknod_in, fuse_mkdir_in, fuse_create_in: where they keep what
    static final int MKNOD_IN = 16;
    static final int MKNOD_MODE = 0;
    static final int MKNOD_DEVICE = 4;
    static final int MKNOD_UMASK = 8;
    static final int MKDIR_IN = 8;
    static final int MKDIR_MODE = 0;
    static final int MKDIR_UMASK = 4;
    static final int CREATE_IN = 16;
    static final int CREATE_FLAGS = 0;
    static final int CREATE_MODE = 4;
    static final int CREATE_UMASK = 8;
    static final int CREATE_OPEN_FLAGS = 12;

    // struct fuse_rename_in, fuse_rename2_in, fuse_link_in
    static final int RENAME_IN = 8;
    static final int RENAME2_IN = 16;
    static final int RENAME_DIRECTORY = 0;
    static final int RENAME_FLAGS = 8;
    static final int LINK_IN = 8;
    static final int LINK_NODE = 0;

    // struct fuse_open_in, fuse_open_out
    static final int OPEN_IN = 8;
    static final int OPEN_FLAGS = 0;
    static final int OPEN_OPEN_FLAGS = 4;
    static final int OPEN_KILL_SUIDGID = 1;
    static final int OPEN_OUT = 16;
    static final int OPEN_OUT_HANDLE = 0;
    static final int OPEN_OUT_FLAGS = 8;
    static final int OPEN_OUT_BACKING = 12;
    static final int FOPEN_DIRECT_IO = 1;
    static final int FOPEN_KEEP_CACHE = 1 << 1;
    static final int FOPEN_CACHE_DIR = 1 << 3;
    static final int FOPEN_PASSTHROUGH = 1 << 7;

    // struct fuse_release_in, fuse_flush_in, fuse_fsync_in
    static final int RELEASE_IN = 24;
    static final int RELEASE_FLAGS = 12;
    static final int RELEASE_FLOCK_UNLOCK = 1 << 1;
    static final int LOCK_OWNER = 16;
    static final int FLUSH_IN = 24;
    static final int FSYNC_IN = 16;
    static final int FSYNC_FLAGS = 8;
    static final int FSYNC_DATA_ONLY = 1;

    /** The handle stands first in most structures that have one. */
    static final int HANDLE = 0;

    // struct fuse_read_in, fuse_write_in, fuse_write_out
    static final int READ_IN = 40;
    static final int IO_OFFSET = 8;
    static final int IO_SIZE = 16;
    static final int WRITE_IN = 40;
    static final int WRITE_FLAGS = 20;
    static final int WRITE_CACHE = 1;
    static final int WRITE_KILL_SUIDGID = 1 << 2;
    static final int WRITE_OUT = 8;

    // struct fuse_kstatfs
    static final int STATFS_OUT = 80;
    static final int STATFS_BLOCKS = 0;
    static final int STATFS_FREE = 8;
    static final int STATFS_AVAILABLE = 16;
    static final int STATFS_FILES = 24;
    static final int STATFS_FILES_FREE = 32;
    static final int STATFS_BLOCK_SIZE = 40;
    static final int STATFS_NAME_LENGTH = 44;
    static final int STATFS_FRAGMENT_SIZE = 48;

    // struct fuse_setxattr_in, fuse_getxattr_in, fuse_getxattr_out
    static final int XATTR_SIZE = 0;
    static final int SETXATTR_FLAGS = 4;
    static final int SETXATTR_EXTRA_FLAGS = 8;
    static final int SETXATTR_IN = 16;
    static final int SETXATTR_COMPAT_IN = 8;
    static final int SETXATTR_ACL_KILL_SGID = 1;
    static final int GETXATTR_IN = 8;
    static final int GETXATTR_OUT = 8;

    // struct fuse_dirent, fuse_direntplus
    static final int DIRENT = 24;
    static final int DIRENT_INODE = 0;
    static final int DIRENT_OFFSET = 8;
    static final int DIRENT_NAME_LENGTH = 16;
    static final int DIRENT_TYPE = 20;

    // struct fuse_lk_in, fuse_lk_out
    static final int LOCK_IN = 48;
    static final int LOCK_IN_OWNER = 8;
    static final int LOCK_IN_START = 16;
    static final int LOCK_IN_END = 24;
    static final int LOCK_IN_TYPE = 32;
    static final int LOCK_IN_PID = 36;
    static final int LOCK_IN_FLAGS = 40;
    static final int LOCK_FLOCK = 1;
    static final int LOCK_OUT = 24;
    static final int LOCK_OUT_START = 0;
    static final int LOCK_OUT_END = 8;
    static final int LOCK_OUT_TYPE = 16;
    static final int LOCK_OUT_PID = 20;

    // struct fuse_interrupt_in, fuse_forget_in, fuse_batch_forget_in, fuse_forget_one
    static final int INTERRUPT_IN = 8;
    static final int INTERRUPT_UNIQUE = 0;
    static final int FORGET_IN = 8;
    static final int FORGET_LOOKUPS = 0;
    static final int BATCH_FORGET_IN = 8;
    static final int BATCH_COUNT = 0;
    static final int FORGET_ONE = 16;
    static final int FORGET_ONE_LOOKUPS = 8;

    // struct fuse_fallocate_in, fuse_lseek_in, fuse_lseek_out, fuse_copy_file_range_in
    static final int FALLOCATE_IN = 32;
    static final int FALLOCATE_OFFSET = 8;
    static final int FALLOCATE_LENGTH = 16;
    static final int FALLOCATE_MODE = 24;
    static final int LSEEK_IN = 24;
    static final int LSEEK_OFFSET = 8;
    static final int LSEEK_WHENCE = 16;
    static final int LSEEK_OUT = 8;
    static final int COPY_IN = 56;
    static final int COPY_IN_OFFSET = 8;
    static final int COPY_OUT_HANDLE = 24;
    static final int COPY_OUT_OFFSET = 32;
    static final int COPY_LENGTH = 40;
    static final int COPY_FLAGS = 48;
    static final int COPY_OUT = 8;

    // enum fuse_notify_code, in place of the error of a reply, and the structures that follow
    static final int NOTIFY_INVAL_INODE = 2;
    static final int NOTIFY_INVAL_ENTRY = 3;
    static final int NOTIFY_RESEND = 7;
    static final int NOTIFY_INC_EPOCH = 8;

    /** In the number of a request that is sent again. */
    static final long UNIQUE_RESEND = 1L << 63;
    static final int INVAL_INODE = 24;
    static final int INVAL_INODE_OFFSET = 8;
    static final int INVAL_INODE_LENGTH = 16;
    static final int INVAL_ENTRY = 16;
    static final int INVAL_ENTRY_NAME_LENGTH = 8;
    static final int INVAL_ENTRY_FLAGS = 12;
    static final int EXPIRE_ONLY = 1;

    private FuseWire() {}

    /** FUSE_REC_ALIGN. */
    static int align(int length) {
        return length + 7 & ~7;
    }
}
