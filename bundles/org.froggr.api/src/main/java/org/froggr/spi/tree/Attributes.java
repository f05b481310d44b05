package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What is known of a file, filled by a tree: a plain structure, as struct statx of statx(2). One object is
 * used for many requests; {@link #clear} comes before each.
 */
@ProviderType
public final class Attributes {
    /** How long what a tree says is valid unless it says more: what a second may change, a program may see. */
    public static final int DEFAULT_VALIDITY_MILLIS = 1000;

    /** Device of the file system that has it, as {@code st_dev}, any number that tells file systems apart. */
    public long device;

    /** Unique on the device. */
    public long inode;

    /** Tells files apart that had the same inode number one after the other; 0 if not known. */
    public long generation;

    /** Bytes. */
    public long size;

    /** Units of 512 bytes. */
    public long blocks;

    // Seconds since 1970, and nanoseconds
    public long accessSeconds;
    public int accessNanos;
    public long modifySeconds;
    public int modifyNanos;
    public long changeSeconds;
    public int changeNanos;

    /** Birth; both 0 if not known. */
    public long birthSeconds;

    public int birthNanos;

    /** Type and permission bits, inode(7). */
    public int mode;

    /** Hard links. */
    public int links;

    public int uid;
    public int gid;

    /** Of a device: as the kernel encodes it in 32 bits (new_encode_dev, linux/kdev_t.h). */
    public int rdev;

    /** Preferred size of a read or write, bytes. */
    public int blockSize;

    /** How long the name that was looked up may be taken to mean this file, milliseconds. */
    public int entryValidityMillis;

    /** How long the rest may be taken to be so, milliseconds. */
    public int validityMillis;

    /** All zero, with the default validities. */
    public void clear() {
        device = inode = generation = size = blocks = 0;
        accessSeconds = modifySeconds = changeSeconds = birthSeconds = 0;
        accessNanos = modifyNanos = changeNanos = birthNanos = 0;
        mode = links = uid = gid = rdev = blockSize = 0;
        entryValidityMillis = validityMillis = DEFAULT_VALIDITY_MILLIS;
    }

    /** Makes this a copy. */
    public void set(Attributes other) {
        device = other.device;
        inode = other.inode;
        generation = other.generation;
        size = other.size;
        blocks = other.blocks;
        accessSeconds = other.accessSeconds;
        accessNanos = other.accessNanos;
        modifySeconds = other.modifySeconds;
        modifyNanos = other.modifyNanos;
        changeSeconds = other.changeSeconds;
        changeNanos = other.changeNanos;
        birthSeconds = other.birthSeconds;
        birthNanos = other.birthNanos;
        mode = other.mode;
        links = other.links;
        uid = other.uid;
        gid = other.gid;
        rdev = other.rdev;
        blockSize = other.blockSize;
        entryValidityMillis = other.entryValidityMillis;
        validityMillis = other.validityMillis;
    }

    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFLNK = 0120000;

    public boolean isDirectory() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public boolean isRegular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    public boolean isSymlink() {
        return (mode & S_IFMT) == S_IFLNK;
    }
}
