package org.froggr.namespace.internal;

import java.util.Arrays;
import java.util.List;

/**
 * Inode numbers of one mount, which has one {@code st_dev} whatever devices its members lie on. The first
 * device keeps its numbers; the others get theirs with a small index in the upper bits. Which device has which
 * index is kept.
 *
 * <pre>
 * bit 63     0
 * bit 62     0: as described; 1: a hash, for numbers that are too large and for directories that are merged
 * bits 48-61 index of the device
 * bits 0-47  the number on the device
 * </pre>
 */
final class Numbers {
    /** No member that gives numbers: they are made of the path. */
    static final long NO_BASE = -1;

    /** Major and minor number both out of reach of the kernel. */
    private static final long NO_DEVICE = Long.MIN_VALUE;

    private static final int INDEX_SHIFT = 48;
    private static final int INDEX_MAX = (1 << 14) - 1;
    private static final long HASHED = 1L << 62;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Devices by index; replaced when one is added. */
    private volatile long[] devices;

    private final KeptNumbers kept;

    Numbers(KeptNumbers kept) {
        this.kept = kept;
        List<Long> known = kept.keys(KeptNumbers.DEVICE, 0);
        long[] byIndex = new long[known.size()];
        Arrays.fill(byIndex, NO_DEVICE);
        for (long device : known) {
            long index = kept.get(KeptNumbers.DEVICE, 0, device, NO_DEVICE);
            if (index >= 0 && index <= INDEX_MAX) {
                byIndex = index < byIndex.length ? byIndex : filled(byIndex, (int) index + 1);
                byIndex[(int) index] = device;
            }
        }
        devices = byIndex;
    }

    private static long[] filled(long[] devices, int length) {
        long[] more = Arrays.copyOf(devices, length);
        Arrays.fill(more, devices.length, length, NO_DEVICE);
        return more;
    }

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
        kept.put(KeptNumbers.DEVICE, 0, device, known.length);
        devices = more;
        return known.length;
    }

    /** What else is known of directories and cannot be found out. */
    KeptNumbers kept() {
        return kept;
    }

    /** The number of a directory that is none of a single device: from its parent's number and its name. */
    static long ofPath(long parent, byte[] name) {
        long hash = FNV_OFFSET ^ mix(parent);
        for (byte b : name) {
            hash = (hash ^ b & 0xff) * FNV_PRIME;
        }
        return hashed(mix(hash));
    }

    /** A device that no file system has, the same for the same first directory of a union. */
    static long ofUnion(long device, long inode) {
        return hashed(mix(device * 31 + mix(inode + 1)));
    }

    /** Whether a number may be one of {@link #ofPath}. */
    static boolean isHashed(long number) {
        return (number & HASHED) != 0;
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
