package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.spi.tree.Attributes;

/** Attributes as the structures of the protocol have them. */
final class Replies {
    private static final int MILLIS = 1000;
    private static final int NANOS = 1_000_000;

    private Replies() {}

    /** struct fuse_entry_out of a node with these attributes. */
    static void entry(ByteBuffer memory, int at, long id, Attributes a) {
        memory.putLong(at + FuseWire.ENTRY_NODE, id);
        // Ids are not used twice, so there is nothing to tell apart by generation.
        memory.putLong(at + FuseWire.ENTRY_GENERATION, 0);
        memory.putLong(at + FuseWire.ENTRY_VALID, a.entryValidityMillis / MILLIS);
        memory.putLong(at + FuseWire.ENTRY_ATTR_VALID, a.validityMillis / MILLIS);
        memory.putInt(at + FuseWire.ENTRY_VALID_NANOS, a.entryValidityMillis % MILLIS * NANOS);
        memory.putInt(at + FuseWire.ENTRY_ATTR_VALID_NANOS, a.validityMillis % MILLIS * NANOS);
        attributes(memory, at + FuseWire.ENTRY_ATTR, a);
    }

    /** struct fuse_entry_out for a name that is not there, to be remembered for so long. */
    static void noEntry(ByteBuffer memory, int at, int validityMillis) {
        for (int i = 0; i < FuseWire.ENTRY_OUT; i += Long.BYTES) {
            memory.putLong(at + i, 0);
        }
        memory.putLong(at + FuseWire.ENTRY_VALID, validityMillis / MILLIS);
        memory.putInt(at + FuseWire.ENTRY_VALID_NANOS, validityMillis % MILLIS * NANOS);
    }

    /** struct fuse_attr_out. */
    static void attributesOut(ByteBuffer memory, int at, Attributes a) {
        memory.putLong(at + FuseWire.ATTR_OUT_VALID, a.validityMillis / MILLIS);
        memory.putLong(at + FuseWire.ATTR_OUT_VALID_NANOS, a.validityMillis % MILLIS * NANOS);
        attributes(memory, at + FuseWire.ATTR_OUT_ATTR, a);
    }

    private static void attributes(ByteBuffer memory, int at, Attributes a) {
        memory.putLong(at + FuseWire.ATTR_INODE, a.inode);
        memory.putLong(at + FuseWire.ATTR_SIZE, a.size);
        memory.putLong(at + FuseWire.ATTR_BLOCKS, a.blocks);
        memory.putLong(at + FuseWire.ATTR_ATIME, a.accessSeconds);
        memory.putLong(at + FuseWire.ATTR_MTIME, a.modifySeconds);
        memory.putLong(at + FuseWire.ATTR_CTIME, a.changeSeconds);
        memory.putInt(at + FuseWire.ATTR_ATIME_NANOS, a.accessNanos);
        memory.putInt(at + FuseWire.ATTR_MTIME_NANOS, a.modifyNanos);
        memory.putInt(at + FuseWire.ATTR_CTIME_NANOS, a.changeNanos);
        memory.putInt(at + FuseWire.ATTR_MODE, a.mode);
        memory.putInt(at + FuseWire.ATTR_LINKS, a.links);
        memory.putInt(at + FuseWire.ATTR_UID, a.uid);
        memory.putInt(at + FuseWire.ATTR_GID, a.gid);
        memory.putInt(at + FuseWire.ATTR_RDEV, a.rdev);
        memory.putInt(at + FuseWire.ATTR_BLOCK_SIZE, a.blockSize);
        memory.putInt(at + FuseWire.ATTR_FLAGS, 0);
    }

    /** struct fuse_statx_out, zeroed before. */
    static void statx(ByteBuffer memory, int at, Attributes a) {
        memory.putLong(at + FuseWire.STATX_VALID, a.validityMillis / MILLIS);
        memory.putInt(at + FuseWire.STATX_VALID_NANOS, a.validityMillis % MILLIS * NANOS);
        boolean birth = a.birthSeconds != 0 || a.birthNanos != 0;
        memory.putInt(
                at + FuseWire.STATX_MASK, FuseWire.STATX_BASIC_STATS | (birth ? FuseWire.STATX_HAS_BTIME : 0));
        memory.putInt(at + FuseWire.STATX_BLOCK_SIZE, a.blockSize);
        memory.putInt(at + FuseWire.STATX_LINKS, a.links);
        memory.putInt(at + FuseWire.STATX_UID, a.uid);
        memory.putInt(at + FuseWire.STATX_GID, a.gid);
        memory.putShort(at + FuseWire.STATX_MODE, (short) a.mode);
        memory.putLong(at + FuseWire.STATX_INODE, a.inode);
        memory.putLong(at + FuseWire.STATX_SIZE, a.size);
        memory.putLong(at + FuseWire.STATX_BLOCKS, a.blocks);
        time(memory, at + FuseWire.STATX_ATIME, a.accessSeconds, a.accessNanos);
        time(memory, at + FuseWire.STATX_BTIME, a.birthSeconds, a.birthNanos);
        time(memory, at + FuseWire.STATX_CTIME, a.changeSeconds, a.changeNanos);
        time(memory, at + FuseWire.STATX_MTIME, a.modifySeconds, a.modifyNanos);
        memory.putInt(at + FuseWire.STATX_RDEV_MAJOR, major(a.rdev));
        memory.putInt(at + FuseWire.STATX_RDEV_MINOR, minor(a.rdev));
    }

    private static void time(ByteBuffer memory, int at, long seconds, int nanos) {
        memory.putLong(at, seconds);
        memory.putInt(at + FuseWire.STATX_TIME_NANOS, nanos);
    }

    // new_decode_dev of linux/kdev_t.h

    private static int major(int device) {
        return (device & 0xfff00) >> 8;
    }

    private static int minor(int device) {
        return device & 0xff | device >> 12 & 0xfff00;
    }
}
