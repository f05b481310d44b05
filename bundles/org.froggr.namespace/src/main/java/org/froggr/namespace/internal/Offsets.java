package org.froggr.namespace.internal;

import java.util.Arrays;

/**
 * Offsets in a merged listing. Those of members that are small are given out with the number of the part; for
 * others, such as the hashes of ext4, a place in a table is.
 *
 * <pre>
 * bit 63     0
 * bit 62     1: the rest is a place in the table
 * bits 47-61 number of the part, from 1
 * bits 0-46  offset in the part
 * </pre>
 */
final class Offsets {
    private static final int PART_SHIFT = 47;
    private static final long INNER = (1L << PART_SHIFT) - 1;
    private static final long IN_TABLE = 1L << 62;

    private long[] inner = {};
    private short[] part = {};
    private int count;

    /** The place of the entry that was read last. */
    private int last = -1;

    long of(int partNumber, long offset) {
        if ((offset & ~INNER) == 0) {
            return (long) (partNumber + 1) << PART_SHIFT | offset;
        }
        int next = last + 1;
        if (next < count && inner[next] == offset && part[next] == partNumber) {
            last = next;
        } else {
            add(partNumber, offset);
        }
        return IN_TABLE | last;
    }

    private void add(int partNumber, long offset) {
        if (count == inner.length) {
            inner = Arrays.copyOf(inner, Math.max(64, count * 2));
            part = Arrays.copyOf(part, inner.length);
        }
        inner[count] = offset;
        part[count] = (short) partNumber;
        last = count++;
    }

    /** Goes on behind an offset. */
    void seek(long offset) {
        last = (offset & IN_TABLE) != 0 ? place(offset) : -1;
    }

    private static int place(long offset) {
        return (int) (offset & ~IN_TABLE);
    }

    /** Whether it may have been given out by this. */
    boolean isKnown(long offset) {
        return (offset & IN_TABLE) != 0 ? place(offset) < count : offset >>> PART_SHIFT > 0;
    }

    int part(long offset) {
        return (offset & IN_TABLE) != 0 ? part[place(offset)] : (int) (offset >>> PART_SHIFT) - 1;
    }

    long inPart(long offset) {
        return (offset & IN_TABLE) != 0 ? inner[place(offset)] : offset & INNER;
    }
}
