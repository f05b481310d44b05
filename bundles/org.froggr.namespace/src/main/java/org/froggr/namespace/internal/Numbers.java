package org.froggr.namespace.internal;

import java.util.Arrays;

/**
 * Inode numbers of one mount, which has one {@code st_dev} whatever devices its members lie on. The first
 * device keeps its numbers; the others get theirs with a small index in the upper bits.
 *
 * <pre>
 * bit 63     0
 * bit 62     0: as described; 1: a hash, for numbers that are too large and for directories that are merged
 * bits 48-61 index of the device
 * bits 0-47  the number on the device
 * </pre>
 */
final class Numbers {
    private static final int INDEX_SHIFT = 48;
    private static final int INDEX_MAX = (1 << 14) - 1;
    private static final long HASHED = 1L << 62;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Devices by index; replaced when one is added. */
    private volatile long[] devices = {};

    /** The number in the mount of a number on a device. */
    long of(long device, long inode) {
        int index = index(device);
        if (index > INDEX_MAX || inode >>> INDEX_SHIFT != 0) {
            return hashed(mix(device * 31 + mix(inode)));
        }
        return (long) index << INDEX_SHIFT | inode;
    }

    private int index(long device) {
        long[] known = devices;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == device) {
                return i;
            }
        }
        return add(device);
    }

    private synchronized int add(long device) {
        long[] known = devices;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == device) {
                return i;
            }
        }
        if (known.length > INDEX_MAX) {
            return INDEX_MAX + 1;
        }
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = device;
        devices = more;
        return known.length;
    }

    /** The number of a directory that is none of a single device: from its parent's number and its name. */
    static long ofPath(long parent, byte[] name) {
        long hash = FNV_OFFSET ^ mix(parent);
        for (byte b : name) {
            hash = (hash ^ b & 0xff) * FNV_PRIME;
        }
        return hashed(mix(hash));
    }

    private static long hashed(long hash) {
        return hash >>> 2 | HASHED;
    }

    /** The finalizer of MurmurHash3. */
    static long mix(long value) {
        long x = value;
        x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
        return x ^ x >>> 33;
    }
}
