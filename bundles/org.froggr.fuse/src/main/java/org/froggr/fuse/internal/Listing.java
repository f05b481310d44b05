package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;

/**
 * Entries of a directory as the kernel reads them: struct fuse_dirent, or fuse_direntplus with the attributes
 * left out for now.
 *
 * <p><b>Offsets.</b> {@code .} and {@code ..} come first and are made here. A program may stop behind either
 * of them, so each needs an offset of its own: two of the highest that are left of 2^63 by the trees, which
 * give hashes or small numbers; 2^63 - 1 is what ext4 gives for its last name. All others are the tree's own.
 */
final class Listing implements DirectorySink {
    static final long AFTER_DOT = Long.MAX_VALUE - 1;
    static final long AFTER_DOT_DOT = Long.MAX_VALUE - 2;

    private static final FileName DOT = FileName.of(".");
    private static final FileName DOT_DOT = FileName.of("..");
    private static final int DIRECTORY = 0040000;
    private static final int TYPE_SHIFT = 12;

    private final ByteBuffer memory;
    private final int start;
    private final int end;
    private final int before;
    private int at;
    private boolean full;

    /**
     * @param start offset in memory of the first entry
     * @param room bytes that entries may take
     * @param before bytes that are left zero before each
     */
    Listing(ByteBuffer memory, int start, int room, int before) {
        this.memory = memory;
        this.start = start;
        this.end = start + room;
        this.before = before;
        this.at = start;
    }

    /** Whether a listing that goes on from there has {@code ..} before the names. */
    static boolean isBeforeNames(long offset) {
        return offset == 0 || offset == AFTER_DOT;
    }

    /** Where a tree goes on. */
    static long treeOffset(long offset) {
        return isBeforeNames(offset) || offset == AFTER_DOT_DOT ? 0 : offset;
    }

    /** Whether that name is one of those made here. */
    static boolean isDots(ByteBuffer memory, int name, int length) {
        return memory.get(name) == '.' && (length == 1 || length == 2 && memory.get(name + 1) == '.');
    }

    /** Adds what is left of {@code .} and {@code ..}; returns whether there was room. */
    boolean addDots(long offset, long inode, long parentInode) {
        return (offset != 0 || add(DOT, inode, DIRECTORY, AFTER_DOT))
                && add(DOT_DOT, parentInode, DIRECTORY, AFTER_DOT_DOT);
    }

    @Override
    public boolean add(FileName name, long inode, int type, long next) {
        int length = name.length();
        int bytes = FuseWire.align(before + FuseWire.DIRENT + length);
        if (full || bytes > end - at) {
            full = true;
            return false;
        }
        // The padding behind the name must be zero, and memory was used before.
        memory.putLong(at + bytes - Long.BYTES, 0);
        for (int i = 0; i < before; i += Long.BYTES) {
            memory.putLong(at + i, 0);
        }
        int dirent = at + before;
        memory.putLong(dirent + FuseWire.DIRENT_INODE, inode);
        memory.putLong(dirent + FuseWire.DIRENT_OFFSET, next);
        memory.putInt(dirent + FuseWire.DIRENT_NAME_LENGTH, length);
        memory.putInt(dirent + FuseWire.DIRENT_TYPE, type >>> TYPE_SHIFT);
        memory.put(dirent + FuseWire.DIRENT, name.bytes());
        at += bytes;
        return true;
    }

    /** Whether an entry found no room. */
    boolean isFull() {
        return full;
    }

    /** Bytes of all entries. */
    int length() {
        return at - start;
    }
}
