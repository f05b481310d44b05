package org.froggr.linux;

/**
 * Mounts and namespaces: sys/mount.h and sched.h of the C library, and through syscall(2) what it wraps
 * only since 2.36. The numbers of those are the same on every architecture (asm-generic/unistd.h).
 */
final class LibcMounts {
    static final long SYS_OPEN_TREE = 428;
    static final long SYS_MOVE_MOUNT = 429;
    static final long SYS_MOUNT_SETATTR = 442;

    static {
        Libc.register(LibcMounts.class);
    }

    private LibcMounts() {}

    static native int mount(byte[] source, byte[] target, byte[] type, long flags, byte[] data);

    static native int umount2(byte[] target, int flags);

    static native int setns(int fd, int type);

    static native int unshare(int flags);

    /** open_tree. */
    static native long syscall(long number, long dir, byte[] path, long flags);

    /** move_mount. */
    static native long syscall(long number, long fromDir, byte[] from, long toDir, byte[] to, long flags);

    /** mount_setattr. */
    static native long syscall(long number, long dir, byte[] path, long flags, long[] attributes, long size);
}
