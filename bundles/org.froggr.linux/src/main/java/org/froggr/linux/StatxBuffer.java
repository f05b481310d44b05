package org.froggr.linux;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** What {@link RawFiles#stat} said last in this memory: struct statx of linux/stat.h, read in place. */
@ProviderType
public final class StatxBuffer {
    static final int BYTES = 256;

    // linux/stat.h
    private static final int STATX_BTIME = 0x800;
    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;

    // Offsets in struct statx
    private static final int MASK = 0;
    private static final int BLOCK_SIZE = 4;
    private static final int ATTRIBUTES = 8;
    private static final int LINKS = 16;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int BLOCKS = 48;
    private static final int ACCESS = 64;
    private static final int BIRTH = 80;
    private static final int CHANGE = 96;
    private static final int MODIFY = 112;
    private static final int NANOS = 8;
    private static final int RDEV_MAJOR = 128;
    private static final int RDEV_MINOR = 132;
    private static final int DEV_MAJOR = 136;
    private static final int DEV_MINOR = 140;
    private static final int MOUNT_ID = 144;

    private final ByteBuffer memory;
    private final long address;

    StatxBuffer(ByteBuffer memory, long address) {
        this.memory = memory;
        this.address = address;
    }

    long address() {
        return address;
    }

    /** As {@link Stat#device()}: the major number in the upper 32 bits. */
    public long device() {
        return Stat.device(memory.getInt(DEV_MAJOR), memory.getInt(DEV_MINOR));
    }

    /** The mount on which the file was reached; 0 before Linux 5.8. */
    public long mountId() {
        return memory.getLong(MOUNT_ID);
    }

    /** Whether it is the root of a mount. */
    public boolean isMountRoot() {
        return (memory.getLong(ATTRIBUTES) & STATX_ATTR_MOUNT_ROOT) != 0;
    }

    public long inode() {
        return memory.getLong(INODE);
    }

    public int mode() {
        return memory.getShort(MODE) & 0xffff;
    }

    public int links() {
        return memory.getInt(LINKS);
    }

    public int uid() {
        return memory.getInt(UID);
    }

    public int gid() {
        return memory.getInt(GID);
    }

    /** Bytes. */
    public long size() {
        return memory.getLong(SIZE);
    }

    /** Units of 512 bytes. */
    public long blocks() {
        return memory.getLong(BLOCKS);
    }

    /** Bytes. */
    public int blockSize() {
        return memory.getInt(BLOCK_SIZE);
    }

    /** The device that a special file means, in the 32 bits of new_encode_dev, linux/kdev_t.h. */
    public int rdev() {
        int minor = memory.getInt(RDEV_MINOR);
        return minor & 0xff | memory.getInt(RDEV_MAJOR) << 8 | (minor & ~0xff) << 12;
    }

    public long accessSeconds() {
        return memory.getLong(ACCESS);
    }

    public int accessNanos() {
        return memory.getInt(ACCESS + NANOS);
    }

    public long modifySeconds() {
        return memory.getLong(MODIFY);
    }

    public int modifyNanos() {
        return memory.getInt(MODIFY + NANOS);
    }

    public long changeSeconds() {
        return memory.getLong(CHANGE);
    }

    public int changeNanos() {
        return memory.getInt(CHANGE + NANOS);
    }

    /** Whether the file system knows when the file was made. */
    public boolean hasBirth() {
        return (memory.getInt(MASK) & STATX_BTIME) != 0;
    }

    public long birthSeconds() {
        return hasBirth() ? memory.getLong(BIRTH) : 0;
    }

    public int birthNanos() {
        return hasBirth() ? memory.getInt(BIRTH + NANOS) : 0;
    }
}
