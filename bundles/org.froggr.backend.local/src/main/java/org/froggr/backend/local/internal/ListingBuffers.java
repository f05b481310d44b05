package org.froggr.backend.local.internal;

import java.util.ArrayDeque;
import org.froggr.linux.Dirents;

/** Memory for directories that are being listed; an open directory that nobody lists has none. */
final class ListingBuffers {
    private static final int BYTES = 32 * 1024;
    private static final int MOST_KEPT = 32;

    private final ArrayDeque<Dirents> free = new ArrayDeque<>();

    synchronized Dirents take() {
        Dirents buffer = free.pollLast();
        return buffer == null ? new Dirents(BYTES) : buffer;
    }

    synchronized void giveBack(Dirents buffer) {
        buffer.clear();
        if (free.size() < MOST_KEPT) {
            free.addLast(buffer);
        }
    }
}
