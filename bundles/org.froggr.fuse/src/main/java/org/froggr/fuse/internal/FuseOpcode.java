package org.froggr.fuse.internal;

import org.froggr.api.Errno;

/**
 * What the kernel asks for: enum fuse_opcode of linux/fuse.h, with the least bytes of arguments that a
 * request has behind its header, and what is answered to those that this server does not perform.
 *
 * <p>ENOSYS tells the kernel not to ask again for as long as the connection lasts, so it is answered only
 * where doing without is right for every file, for the reason stated. A number that is not here is from a
 * newer kernel, which asks in order to learn whether the server knows it: ENOSYS as well.
 */
enum FuseOpcode {
    LOOKUP(1, 2),
    FORGET(2, FuseWire.FORGET_IN),
    GETATTR(3, 16),
    SETATTR(4, FuseWire.SETATTR_IN),
    READLINK(5, 0),
    SYMLINK(6, 4),
    MKNOD(8, FuseWire.MKNOD_IN + 2),
    MKDIR(9, FuseWire.MKDIR_IN + 2),
    UNLINK(10, 2),
    RMDIR(11, 2),
    RENAME(12, FuseWire.RENAME_IN + 4),
    LINK(13, FuseWire.LINK_IN + 2),
    OPEN(14, FuseWire.OPEN_IN),
    READ(15, FuseWire.READ_IN),
    WRITE(16, FuseWire.WRITE_IN),
    STATFS(17, 0),
    RELEASE(18, FuseWire.RELEASE_IN),
    FSYNC(20, FuseWire.FSYNC_IN),
    SETXATTR(21, FuseWire.SETXATTR_COMPAT_IN + 2),
    GETXATTR(22, FuseWire.GETXATTR_IN + 2),
    LISTXATTR(23, FuseWire.GETXATTR_IN),
    REMOVEXATTR(24, 2),
    FLUSH(25, FuseWire.FLUSH_IN),
    /** Once, before a connection begins. */
    INIT(26, 16, Errno.EIO),
    OPENDIR(27, FuseWire.OPEN_IN),
    READDIR(28, FuseWire.READ_IN),
    RELEASEDIR(29, FuseWire.RELEASE_IN),
    FSYNCDIR(30, FuseWire.FSYNC_IN),
    GETLK(31, FuseWire.LOCK_IN),
    SETLK(32, FuseWire.LOCK_IN),
    SETLKW(33, FuseWire.LOCK_IN),
    /** Mounts have default_permissions, so the kernel has checked; without, everything is permitted. */
    ACCESS(34, 8, Errno.ENOSYS),
    CREATE(35, FuseWire.CREATE_IN + 2),
    INTERRUPT(36, FuseWire.INTERRUPT_IN),
    /** Of file systems on block devices only: FIBMAP then says EINVAL. */
    BMAP(37, 16, Errno.ENOSYS),
    DESTROY(38, 0),
    /** A request that no file here knows; not ENOSYS, although the kernel makes that the same today. */
    IOCTL(39, 32, Errno.ENOTTY),
    /** Files are always ready, which is what the kernel says then without asking. */
    POLL(40, 24, Errno.ENOSYS),
    NOTIFY_REPLY(41, 0),
    BATCH_FORGET(42, FuseWire.BATCH_FORGET_IN),
    FALLOCATE(43, FuseWire.FALLOCATE_IN),
    READDIRPLUS(44, FuseWire.READ_IN),
    RENAME2(45, FuseWire.RENAME2_IN + 4),
    LSEEK(46, FuseWire.LSEEK_IN),
    COPY_FILE_RANGE(47, FuseWire.COPY_IN),
    /** DAX, of virtiofs; never negotiated. */
    SETUPMAPPING(48, 0, Errno.EOPNOTSUPP),
    REMOVEMAPPING(49, 0, Errno.EOPNOTSUPP),
    SYNCFS(50, 0),
    TMPFILE(51, FuseWire.CREATE_IN),
    STATX(52, 24),
    COPY_FILE_RANGE_64(53, FuseWire.COPY_IN);

    private static final FuseOpcode[] BY_NUMBER = new FuseOpcode[64];

    static {
        for (FuseOpcode opcode : values()) {
            BY_NUMBER[opcode.number] = opcode;
        }
    }

    private final int number;
    private final int leastArguments;
    private final Errno refusal;

    FuseOpcode(int number, int leastArguments) {
        this(number, leastArguments, null);
    }

    FuseOpcode(int number, int leastArguments, Errno refusal) {
        this.number = number;
        this.leastArguments = leastArguments;
        this.refusal = refusal;
    }

    int number() {
        return number;
    }

    /** Bytes of arguments without which a request makes no sense. */
    int leastArguments() {
        return leastArguments;
    }

    /** What is answered in place of an operation; null if it is performed. */
    Errno refusal() {
        return refusal;
    }

    /** Whether the kernel waits for an answer. */
    boolean answered() {
        return this != FORGET && this != BATCH_FORGET && this != INTERRUPT && this != NOTIFY_REPLY;
    }

    /** The operation of this number, null if there is none. */
    static FuseOpcode of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
