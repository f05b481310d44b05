package org.froggr.linux;

import com.sun.jna.Platform;
import org.osgi.annotation.versioning.ProviderType;

/** Names in directories, for the hot path: as {@link RawFiles}, a value or the negated errno. */
@ProviderType
public final class RawNames {
    /** mknodat has no symbol of that name in a C library before 2.33; asm/unistd_64.h, asm-generic/unistd.h. */
    private static final int SYS_MKNODAT = Platform.isARM() ? 33 : 259;

    private RawNames() {}

    /** mkdirat(2). */
    public static int makeDirectory(int dir, long path, int mode) {
        return LibcRaw.result(LibcRaw.mkdirat(dir, path, mode));
    }

    /** mknodat(2); the device as {@link StatxBuffer#rdev}. */
    public static int makeNode(int dir, long path, int mode, int device) {
        return (int) LibcRaw.result(
                LibcRaw.syscall(SYS_MKNODAT, dir, path, mode, Integer.toUnsignedLong(device), 0, 0));
    }

    /** symlinkat(2). */
    public static int makeSymlink(long target, int dir, long path) {
        return LibcRaw.result(LibcRaw.symlinkat(target, dir, path));
    }

    /** linkat(2). */
    public static int link(int fromDir, long from, int toDir, long to, int flags) {
        return LibcRaw.result(LibcRaw.linkat(fromDir, from, toDir, to, flags));
    }

    /** unlinkat(2); {@link Fd#AT_REMOVEDIR} for directories. */
    public static int unlink(int dir, long path, int flags) {
        return LibcRaw.result(LibcRaw.unlinkat(dir, path, flags));
    }

    /** renameat2(2), with flags as {@link At#RENAME_NOREPLACE}. */
    public static int rename(int fromDir, long from, int toDir, long to, int flags) {
        return LibcRaw.result(LibcRaw.renameat2(fromDir, from, toDir, to, flags));
    }

    /** readlinkat(2); an empty path means the O_PATH descriptor of the link itself. */
    public static int readLink(int dir, long path, long into, int length) {
        return (int) LibcRaw.result(LibcRaw.readlinkat(dir, path, into, length));
    }
}
