package org.froggr.backend.local.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Small files that a rename has just replaced, each with a descriptor: who has looked the name up before may be about
 * to open it, and rename(2) promises that the name is never missed. A few of them, for a few seconds, since
 * a descriptor keeps a file's space.
 */
final class Replaced {
    private static final int MOST = 64;

    /** Units of 512 bytes. */
    private static final long MOST_BLOCKS = 128;

    private static final long KEEP_NANOS = 2_000_000_000L;

    private record Kept(LocalNode node, long since) {}

    private final NodeTable nodes;
    private final Deque<Kept> all = new ArrayDeque<>();

    Replaced(NodeTable nodes) {
        this.nodes = nodes;
    }

    static boolean isSmall(long blocks) {
        return blocks <= MOST_BLOCKS;
    }

    /** A descriptor of it is held by now. */
    synchronized void add(LocalNode node) {
        all.add(new Kept(node, System.nanoTime()));
        if (all.size() > MOST) {
            nodes.letGo(all.remove().node());
        }
    }

    /** Lets those go that have been here long enough. */
    synchronized void giveUp() {
        while (!all.isEmpty() && System.nanoTime() - all.peek().since() > KEEP_NANOS) {
            nodes.letGo(all.remove().node());
        }
    }

    /** Lets all go. */
    synchronized void clear() {
        while (!all.isEmpty()) {
            nodes.letGo(all.remove().node());
        }
    }
}
