package org.froggr.namespace.internal;

import java.util.Arrays;
import org.froggr.spi.tree.FileName;

/**
 * Which part has shown each of the names that the calling thread has just listed. Who lists with attributes looks
 * them up at once, in that order: parts before that one need not be asked, as they have just been listed too.
 */
final class JustListed {
    /** For how long a listing is believed. */
    private static final long BELIEVED_NANOS = 10_000_000;

    /** Between one look-up and the next. */
    private static final long AT_ONCE_NANOS = 200_000;

    private static final int FIRST_CAPACITY = 64;
    private static final int MOST = 2048;

    private static final ThreadLocal<JustListed> CURRENT = ThreadLocal.withInitial(JustListed::new);

    private long[] hashes = new long[FIRST_CAPACITY];
    private short[] parts = new short[FIRST_CAPACITY];
    private int count;
    private int next;
    private long nanos;

    /** Null if there is nothing to go by. */
    private UnionListing listing;

    private JustListed() {}

    /** That of the calling thread, to which a listing is about to show names. */
    static JustListed by(UnionListing listing, long began) {
        JustListed current = CURRENT.get();
        current.count = current.next = 0;
        current.nanos = System.nanoTime();
        current.listing = current.nanos - began < BELIEVED_NANOS ? listing : null;
        return current;
    }

    /** A name was shown. */
    void add(long hash, int part) {
        if (listing == null || count == MOST) {
            return;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
            parts = Arrays.copyOf(parts, count * 2);
        }
        hashes[count] = hash;
        parts[count++] = (short) part;
    }

    /** All were shown that there is room for. */
    void end() {
        nanos = System.nanoTime();
    }

    /**
     * The listing that has just shown a name to the calling thread in a part which is not the first, or null.
     *
     * @see #part
     */
    static JustListed of(DirectoryNode directory, View view, FileName name) {
        JustListed current = CURRENT.get();
        if (current.listing == null || !current.listing.isOf(directory, view)) {
            return null;
        }
        long now = System.nanoTime();
        if (current.next == current.count || now - current.nanos > AT_ONCE_NANOS) {
            current.listing = null;
            return null;
        }
        current.nanos = now;
        if (current.hashes[current.next] != NameSet.hash(name.bytes())) {
            return null;
        }
        current.next++;
        return current.listing.isUnchanged() ? current : null;
    }

    /** Index of the part that has shown the name which was asked for last. */
    int part() {
        return parts[next - 1];
    }

    /** For how long the parts before do not have it. */
    int absentMillis() {
        return listing.absentMillis(part());
    }
}
