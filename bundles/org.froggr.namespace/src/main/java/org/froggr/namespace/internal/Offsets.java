package org.froggr.namespace.internal;

/**
 * Offsets in a merged listing: which member, by its place in the union, and the offset in that member. They
 * mean the same for another listing of the directory, as after a restart.
 *
 * <pre>
 * bit 63     0
 * bit 62     0: offsets in the member of up to 47 bits
 *            bits 47-61 place + 1
 *            bits 0-46  offset
 *            1: larger ones, such as the hashes of ext4, without their lowest bits
 *            bits 58-61 place, bits 0-57 the upper bits of the offset; or
 *            bits 58-61 all set, bits 43-57 place, bits 0-42 the upper bits of the offset
 * </pre>
 *
 * <p>What the lowest bits were is remembered of the last {@link #REMEMBERED}; for others the member is listed until an
 * entry has such an offset. Of two entries that follow each other with the same upper bits the second may be listed
 * twice: for 200,000 names of ext4 with a probability of 7e-8 in the first 15 members.
 */
final class Offsets {
    private static final int PLACE_SHIFT = 47;
    private static final long SMALL = (1L << PLACE_SHIFT) - 1;
    private static final long LARGE = 1L << 62;

    private static final int NEAR_SHIFT = 58;
    private static final int NEAR_LOST = 63 - NEAR_SHIFT;
    private static final int FAR = 15;
    private static final int FAR_SHIFT = 43;
    private static final int FAR_LOST = 63 - FAR_SHIFT;
    private static final int FAR_MASK = (1 << NEAR_SHIFT - FAR_SHIFT) - 1;

    /** A power of two. */
    private static final int REMEMBERED = 256;

    private long[] given;
    private long[] exact;

    /** The offset for a member's offset. */
    long of(int place, long offset) {
        long packed = pack(place, offset);
        if ((packed & LARGE) != 0) {
            remember(packed, offset);
        }
        return packed;
    }

    static long pack(int place, long offset) {
        if ((offset & ~SMALL) == 0) {
            return (long) (place + 1) << PLACE_SHIFT | offset;
        }
        return place < FAR
                ? LARGE | (long) place << NEAR_SHIFT | offset >>> NEAR_LOST
                : LARGE | (long) FAR << NEAR_SHIFT | (long) place << FAR_SHIFT | offset >>> FAR_LOST;
    }

    private void remember(long packed, long offset) {
        if (given == null) {
            given = new long[REMEMBERED];
            exact = new long[REMEMBERED];
        }
        int at = slot(packed);
        if (given[at] != packed) {
            given[at] = packed;
            exact[at] = offset;
        }
    }

    private static int slot(long packed) {
        return (int) Numbers.mix(packed) & REMEMBERED - 1;
    }

    /** Which member; -1 if it is no such offset. */
    static int place(long offset) {
        if ((offset & LARGE) == 0) {
            return (int) (offset >>> PLACE_SHIFT) - 1;
        }
        int near = (int) (offset >>> NEAR_SHIFT) & FAR;
        return near < FAR ? near : (int) (offset >>> FAR_SHIFT) & FAR_MASK;
    }

    /** Whether {@link #inMember} knows all of it. */
    boolean isExact(long offset) {
        return (offset & LARGE) == 0 || given != null && given[slot(offset)] == offset;
    }

    /** The offset in the member, or at most that. */
    long inMember(long offset) {
        if ((offset & LARGE) == 0) {
            return offset & SMALL;
        }
        if (isExact(offset)) {
            return exact[slot(offset)];
        }
        int near = (int) (offset >>> NEAR_SHIFT) & FAR;
        return near < FAR
                ? (offset & (1L << NEAR_SHIFT) - 1) << NEAR_LOST
                : (offset & (1L << FAR_SHIFT) - 1) << FAR_LOST;
    }
}
