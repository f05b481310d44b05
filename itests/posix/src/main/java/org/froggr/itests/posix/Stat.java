package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;

/**
 * What statx(2) says of a file. Times are nanoseconds since 1970.
 *
 * @param blocks of 512 bytes
 * @param born 0 if the file system does not say
 */
record Stat(
        long device,
        long inode,
        int mode,
        int uid,
        int gid,
        long links,
        long size,
        long blocks,
        int blockSize,
        long accessed,
        long modified,
        long changed,
        long born,
        int rdevMajor,
        int rdevMinor) {
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_BYTES = 256;
    private static final long SECOND = 1_000_000_000L;

    /** Follows a symbolic link. */
    static Stat of(String name) throws ErrnoException {
        return at(AT_FDCWD, name, 0);
    }

    /** Of a symbolic link itself. */
    static Stat ofLink(String name) throws ErrnoException {
        return at(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW);
    }

    static Stat of(int fd) throws ErrnoException {
        return at(fd, "", AT_EMPTY_PATH);
    }

    static Stat at(int dir, String name, int flags) throws ErrnoException {
        byte[] result = new byte[STATX_BYTES];
        int status = Sys.statx(dir, Call.name(name), flags, STATX_BASIC_STATS | STATX_BTIME, result);
        Call.check(status, "stat", name);
        ByteBuffer b = Call.struct(result);
        boolean born = (b.getInt(0) & STATX_BTIME) != 0;
        return new Stat(
                (long) b.getInt(136) << 32 | Integer.toUnsignedLong(b.getInt(140)),
                b.getLong(32),
                b.getShort(28) & 0xffff,
                b.getInt(20),
                b.getInt(24),
                Integer.toUnsignedLong(b.getInt(16)),
                b.getLong(40),
                b.getLong(48),
                b.getInt(4),
                time(b, 64),
                time(b, 112),
                time(b, 96),
                born ? time(b, 80) : 0,
                b.getInt(128),
                b.getInt(132));
    }

    private static long time(ByteBuffer b, int at) {
        return b.getLong(at) * SECOND + b.getInt(at + 8);
    }

    int permissions() {
        return mode & 07777;
    }

    int type() {
        return mode & S_IFMT;
    }

    boolean sameFile(Stat other) {
        return device == other.device && inode == other.inode;
    }
}
