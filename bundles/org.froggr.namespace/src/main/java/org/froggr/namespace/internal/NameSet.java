package org.froggr.namespace.internal;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names that were listed, and by which part. Of a name 64 bits of a hash are kept whose key nobody knows: two
 * of a million names are taken for one with a probability of 3e-8. 10 bytes a name at a load of 1, 20 at most
 * when it has just grown.
 */
final class NameSet {
    private static final int FIRST_CAPACITY = 64;

    private static final long KEY = ThreadLocalRandom.current().nextLong();

    private long[] hashes = new long[FIRST_CAPACITY];
    private short[] parts = new short[FIRST_CAPACITY];
    private int size;

    /** Never 0, which means an empty place. */
    static long hash(byte[] name) {
        long hash = KEY;
        int i = 0;
        while (i < name.length) {
            long word = name.length;
            for (int end = Math.min(i + 7, name.length); i < end; i++) {
                word = word << 8 | name[i] & 0xff;
            }
            hash = Numbers.mix(hash ^ word) + KEY;
        }
        return hash == 0 ? 1 : hash;
    }

    /** Which part has listed the name, -1 for none. */
    int part(long hash) {
        int at = find(hash);
        return hashes[at] == 0 ? -1 : parts[at];
    }

    void put(long hash, int part) {
        if (size * 3 > hashes.length * 2) {
            grow();
        }
        int at = find(hash);
        if (hashes[at] == 0) {
            hashes[at] = hash;
            size++;
        }
        parts[at] = (short) part;
    }

    private int find(long hash) {
        int mask = hashes.length - 1;
        int at = (int) (hash >>> 7) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldHashes = hashes;
        short[] oldParts = parts;
        hashes = new long[oldHashes.length * 2];
        parts = new short[oldParts.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int at = find(oldHashes[i]);
                hashes[at] = oldHashes[i];
                parts[at] = oldParts[i];
            }
        }
    }
}
