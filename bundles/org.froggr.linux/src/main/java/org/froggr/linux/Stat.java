package org.froggr.linux;

import java.nio.ByteBuffer;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What statx(2) says of a file.
 *
 * @param device of the file system, see {@link #device(int, int)}
 * @param inode number, unique on the device
 * @param mode type and permission bits, as inode(7)
 * @param uid owner
 * @param gid group
 * @param links hard links; 0 if the file was removed and is only open
 * @param size bytes
 * @param mountId as in the first column of mountinfo (STATX_MNT_ID, Linux 5.8); 0 if the kernel is older
 * @param attributes STATX_ATTR bits of linux/stat.h
 */
@ProviderType
public record Stat(
        long device,
        long inode,
        int mode,
        long uid,
        long gid,
        long links,
        long size,
        long mountId,
        long attributes) {

    /** What is asked for here never changes, or was checked by who opened it: no server need be waited for. */
    private static final int AT_STATX_DONT_SYNC = 0x4000;

    private static final BytePath EMPTY = BytePath.of("");

    // linux/stat.h
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_MNT_ID = 0x1000;
    private static final int STATX_MNT_ID_UNIQUE = 0x4000;
    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFIFO = 0010000;

    // struct statx
    private static final int STATX_BYTES = 256;
    private static final int MASK = 0;
    private static final int ATTRIBUTES = 8;
    private static final int LINKS = 16;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int DEV_MAJOR = 136;
    private static final int DEV_MINOR = 140;
    private static final int MOUNT_ID = 144;

    /** Of an open file, also one opened with O_PATH. */
    public static Stat of(int fd) throws ErrnoException {
        return at(fd, EMPTY, Fd.AT_EMPTY_PATH);
    }

    /** Of a name; {@code follow} says whether a symbolic link at its end is followed. */
    public static Stat at(int dir, BytePath path, boolean follow) throws ErrnoException {
        return at(dir, path, follow ? 0 : Fd.AT_SYMLINK_NOFOLLOW);
    }

    /** With flags of statx(2). */
    public static Stat at(int dir, BytePath path, int flags) throws ErrnoException {
        ByteBuffer b = statx(dir, path, flags, STATX_BASIC_STATS | STATX_MNT_ID);
        boolean hasMount = (b.getInt(MASK) & STATX_MNT_ID) != 0;
        return new Stat(
                device(b.getInt(DEV_MAJOR), b.getInt(DEV_MINOR)),
                b.getLong(INODE),
                b.getShort(MODE) & 0xffff,
                Integer.toUnsignedLong(b.getInt(UID)),
                Integer.toUnsignedLong(b.getInt(GID)),
                Integer.toUnsignedLong(b.getInt(LINKS)),
                b.getLong(SIZE),
                hasMount ? b.getLong(MOUNT_ID) : 0,
                b.getLong(ATTRIBUTES));
    }

    private static ByteBuffer statx(int dir, BytePath path, int flags, int mask) throws ErrnoException {
        byte[] name = path.cString();
        byte[] result = new byte[STATX_BYTES];
        Libc.retry(() -> LibcFiles.statx(dir, name, flags | AT_STATX_DONT_SYNC, mask, result), "statx", path.isEmpty() ? null : path);
        return Libc.struct(result);
    }

    /**
     * The id of the mount that an open file is on, which is never used again while the machine is up
     * (STATX_MNT_ID_UNIQUE, Linux 6.8).
     *
     * @return 0 if the kernel is older
     */
    public static long uniqueMountId(int fd) throws ErrnoException {
        ByteBuffer b = statx(fd, EMPTY, Fd.AT_EMPTY_PATH, STATX_MNT_ID_UNIQUE);
        return (b.getInt(MASK) & STATX_MNT_ID_UNIQUE) == 0 ? 0 : b.getLong(MOUNT_ID);
    }

    /** Major and minor number as one: the major one in the upper 32 bits. */
    public static long device(int major, int minor) {
        return (long) major << 32 | Integer.toUnsignedLong(minor);
    }

    public boolean isDirectory() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public boolean isCharacterDevice() {
        return (mode & S_IFMT) == S_IFCHR;
    }

    public boolean isRegular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    public boolean isFifo() {
        return (mode & S_IFMT) == S_IFIFO;
    }

    public boolean isSymlink() {
        return (mode & S_IFMT) == S_IFLNK;
    }

    public boolean isSocket() {
        return (mode & S_IFMT) == S_IFSOCK;
    }

    /** Whether it is the root of a mount (STATX_ATTR_MOUNT_ROOT, Linux 5.8). */
    public boolean isMountRoot() {
        return (attributes & STATX_ATTR_MOUNT_ROOT) != 0;
    }

    /** Whether both are one file: same device and inode, on whichever mount. */
    public boolean sameFile(Stat other) {
        return device == other.device && inode == other.inode;
    }

    /** The lower twelve bits of the mode. */
    public int permissions() {
        return mode & 07777;
    }
}
