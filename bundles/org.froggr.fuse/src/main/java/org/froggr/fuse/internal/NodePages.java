package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.froggr.spi.tree.FileNode;

/**
 * What {@link NodeTable} knows of each node, by places in pages of a table: 28 bytes a node. {@link #get} takes no
 * lock; the caller of all else holds one.
 */
final class NodePages {
    private static final int PAGE_BITS = 8;
    private static final int PAGE_NODES = 1 << PAGE_BITS;

    private static final VarHandle GENERATIONS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle NODES = MethodHandles.arrayElementVarHandle(FileNode[].class);

    private static final class Page {
        final FileNode[] nodes = new FileNode[PAGE_NODES];
        final long[] lookups = new long[PAGE_NODES];
        final long[] versions = new long[PAGE_NODES];
        final int[] generations = new int[PAGE_NODES];

        /** Place of the directory that it was found in; of a free place: the next free one. */
        final int[] parents = new int[PAGE_NODES];

        /** Look-ups that the tree has not handed out; null if there are none. */
        long[] owed;

        /** Open files and directories; null if they are not counted. */
        int[] opens;
    }

    /** The last ones may be missing yet. */
    private volatile Page[] pages = {new Page()};

    private int used;
    private int firstFree = -1;

    /** The node of that id, null if there is none, or if it was not found yet. */
    FileNode get(long id) {
        int place = (int) id - 1;
        Page[] all = pages;
        if (place < 0 || place >> PAGE_BITS >= all.length) {
            return null;
        }
        Page page = all[place >> PAGE_BITS];
        int index = index(place);
        if (page == null || (int) GENERATIONS.getAcquire(page.generations, index) != (int) (id >>> 32)) {
            return null;
        }
        return (FileNode) NODES.getAcquire(page.nodes, index);
    }

    private static int index(int place) {
        return place & PAGE_NODES - 1;
    }

    private Page page(int place) {
        return pages[place >> PAGE_BITS];
    }

    long idOf(int place) {
        return (long) generation(place) << 32 | place + 1;
    }

    /** The place of a node that was looked up, -1 if there is none of that id. */
    int placeOf(long id) {
        int place = (int) id - 1;
        boolean isThere = place >= 0 && place < used && generation(place) == (int) (id >>> 32) && lookups(place) > 0;
        return isThere ? place : -1;
    }

    /** Places that were ever used. */
    int used() {
        return used;
    }

    int generation(int place) {
        return page(place).generations[index(place)];
    }

    FileNode node(int place) {
        return page(place).nodes[index(place)];
    }

    void node(int place, FileNode node) {
        NODES.setRelease(page(place).nodes, index(place), node);
    }

    long lookups(int place) {
        return page(place).lookups[index(place)];
    }

    void lookups(int place, long count) {
        page(place).lookups[index(place)] = count;
    }

    int parent(int place) {
        return page(place).parents[index(place)];
    }

    void parent(int place, int parent) {
        page(place).parents[index(place)] = parent;
    }

    long version(int place) {
        return page(place).versions[index(place)];
    }

    void version(int place, long version) {
        page(place).versions[index(place)] = version;
    }

    long owed(int place) {
        long[] owed = page(place).owed;
        return owed == null ? 0 : owed[index(place)];
    }

    void owed(int place, long count) {
        Page page = page(place);
        if (page.owed == null && count > 0) {
            page.owed = new long[PAGE_NODES];
        }
        if (page.owed != null) {
            page.owed[index(place)] = count;
        }
    }

    int opens(int place) {
        int[] opens = page(place).opens;
        return opens == null ? 0 : opens[index(place)];
    }

    void opens(int place, int count) {
        Page page = page(place);
        if (page.opens == null && count > 0) {
            page.opens = new int[PAGE_NODES];
        }
        if (page.opens != null) {
            page.opens[index(place)] = count;
        }
    }

    /** A place for a node that nobody has looked up yet. */
    int take(FileNode node) {
        int place = firstFree;
        if (place >= 0) {
            firstFree = parent(place);
        } else {
            place = used;
            reach(place);
        }
        lookups(place, 0);
        version(place, 0);
        owed(place, 0);
        opens(place, 0);
        node(place, node);
        return place;
    }

    /** Uses all places up to that one, which is new, in a table that is being filled. */
    void restore(int place, int generation) {
        reach(place);
        page(place).generations[index(place)] = generation;
    }

    private void reach(int place) {
        int number = place >> PAGE_BITS;
        if (number >= pages.length || pages[number] == null) {
            Page[] more = number < pages.length ? pages : Arrays.copyOf(pages, Math.max(number + 1, pages.length * 2));
            more[number] = new Page();
            pages = more;
        }
        used = place + 1;
    }

    /** Nobody knows the node any more; its id does not come back. */
    void free(int place) {
        Page page = page(place);
        // Ids with bit 63 would be negative, which is as good, but 31 bits keep them readable.
        GENERATIONS.setRelease(page.generations, index(place), generation(place) + 1 & Integer.MAX_VALUE);
        page.nodes[index(place)] = null;
        makeFree(place);
    }

    void makeFree(int place) {
        parent(place, firstFree);
        firstFree = place;
    }
}
