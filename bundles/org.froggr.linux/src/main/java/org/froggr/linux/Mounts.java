package org.froggr.linux;

import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Mounts: open_tree(2), move_mount(2) and mount_setattr(2), which work on descriptors, and the classic
 * mount(2) and umount2(2), which work on names. All concern the mount namespace of the calling thread,
 * see {@link Namespaces}.
 */
@ProviderType
public final class Mounts {
    // sys/mount.h and linux/mount.h
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_NOSYMFOLLOW = 256;
    public static final long MS_NOATIME = 1024;
    public static final long MS_NODIRATIME = 2048;
    public static final long MS_BIND = 4096;
    public static final long MS_MOVE = 8192;
    public static final long MS_REC = 16384;
    public static final long MS_UNBINDABLE = 1L << 17;
    public static final long MS_PRIVATE = 1L << 18;
    public static final long MS_SLAVE = 1L << 19;
    public static final long MS_SHARED = 1L << 20;
    public static final long MS_RELATIME = 1L << 21;
    public static final long MS_STRICTATIME = 1L << 24;

    public static final int MNT_FORCE = 1;
    public static final int MNT_DETACH = 2;
    public static final int MNT_EXPIRE = 4;
    public static final int UMOUNT_NOFOLLOW = 8;

    public static final long MOUNT_ATTR_RDONLY = 0x1;
    public static final long MOUNT_ATTR_NOSUID = 0x2;
    public static final long MOUNT_ATTR_NODEV = 0x4;
    public static final long MOUNT_ATTR_NOEXEC = 0x8;
    /** The bits that one of the next three goes into: clear them to set another. */
    public static final long MOUNT_ATTR_ATIME = 0x70;
    public static final long MOUNT_ATTR_RELATIME = 0;
    public static final long MOUNT_ATTR_NOATIME = 0x10;
    public static final long MOUNT_ATTR_STRICTATIME = 0x20;
    public static final long MOUNT_ATTR_NODIRATIME = 0x80;
    public static final long MOUNT_ATTR_NOSYMFOLLOW = 0x200000;

    private static final long OPEN_TREE_CLONE = 1;
    private static final long MOVE_MOUNT_F_EMPTY_PATH = 0x4;
    private static final long MOVE_MOUNT_T_EMPTY_PATH = 0x40;

    private static final BytePath EMPTY = BytePath.of("");

    private Mounts() {}

    /**
     * open_tree(2).
     *
     * @param dir descriptor that {@code path} starts from, or the object itself if the path is empty
     * @param path an ending symbolic link is followed
     * @param clone otherwise the descriptor is like one of O_PATH. A clone is a detached mount, which goes
     *     when the descriptor is closed unless {@link #moveMount} placed it; needs CAP_SYS_ADMIN
     * @param recursive whether the clone takes submounts along; counts with {@code clone} only
     */
    public static int openTree(int dir, BytePath path, boolean clone, boolean recursive) throws ErrnoException {
        long flags = Fd.O_CLOEXEC | emptyPath(path);
        if (clone) {
            flags |= OPEN_TREE_CLONE | (recursive ? Fd.AT_RECURSIVE : 0);
        }
        return (int) Libc.check(
                LibcMounts.syscall(LibcMounts.SYS_OPEN_TREE, dir, path.cString(), flags), "open_tree", named(path));
    }

    private static long emptyPath(BytePath path) {
        return path.isEmpty() ? Fd.AT_EMPTY_PATH : 0;
    }

    private static BytePath named(BytePath path) {
        return path.isEmpty() ? null : path;
    }

    /** move_mount(2) of a descriptor's mount on what another descriptor stands for, over what covers it. */
    public static void moveMount(int from, int to) throws ErrnoException {
        moveMount(from, to, EMPTY);
    }

    /** move_mount(2) on a name; an ending symbolic link is not followed. */
    public static void moveMount(int from, int toDir, BytePath to) throws ErrnoException {
        long flags = MOVE_MOUNT_F_EMPTY_PATH | (to.isEmpty() ? MOVE_MOUNT_T_EMPTY_PATH : 0);
        long result = LibcMounts.syscall(
                LibcMounts.SYS_MOVE_MOUNT, from, EMPTY.cString(), toDir, to.cString(), flags);
        Libc.check(result, "move_mount", named(to));
    }

    /**
     * mount_setattr(2), Linux 5.12. All of it is changed or nothing.
     *
     * @param fd the root of a mount, opened with O_PATH or by {@link #openTree}
     * @param set bits MOUNT_ATTR to set
     * @param clear bits MOUNT_ATTR to clear, before
     * @param propagation {@link #MS_SLAVE} or one of its kin, or 0 to leave it
     */
    public static void setAttributes(int fd, boolean recursive, long set, long clear, long propagation)
            throws ErrnoException {
        long[] attributes = {set, clear, propagation, 0};
        long flags = Fd.AT_EMPTY_PATH | (recursive ? Fd.AT_RECURSIVE : 0);
        long result = LibcMounts.syscall(
                LibcMounts.SYS_MOUNT_SETATTR, fd, EMPTY.cString(), flags, attributes, attributes.length * 8L);
        Libc.check(result, "mount_setattr", null);
    }

    /**
     * mount(2).
     *
     * @param source or null
     * @param type of file system, or null
     * @param data comma-separated options of the file system, or null
     */
    public static void mount(BytePath source, BytePath target, String type, long flags, byte[] data)
            throws ErrnoException {
        byte[] from = source == null ? null : source.cString();
        byte[] kind = type == null ? null : Libc.cString(ByteText.encode(type));
        byte[] options = data == null ? null : Libc.cString(data);
        Libc.check(LibcMounts.mount(from, target.cString(), kind, flags, options), "mount", target);
    }

    /** umount2(2) of the topmost mount at a path, with bits of {@link #MNT_DETACH} and its kin. */
    public static void umount(BytePath target, int flags) throws ErrnoException {
        Libc.check(LibcMounts.umount2(target.cString(), flags), "umount2", target);
    }

    /** The flags of the mount that an open file is on; the same as {@link MountFlags#of}. */
    public static MountFlags statfsFlags(int fd) throws ErrnoException {
        return MountFlags.of(fd);
    }
}
