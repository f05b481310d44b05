package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import org.froggr.spi.tree.FileNode;

/**
 * The nodes that the kernel knows, by the ids it knows them by, and how often each was looked up (nlookup).
 *
 * <p>An id is a place in pages of a table, plus one, and in its upper half how often that place was used
 * before: no id comes back, the root is 1. Nodes are found by identity through an open-addressing table of
 * places. A node costs 28 bytes in its page and 6 to 12 in that table.
 *
 * <p>Look-ups by id take no lock; all changes do, and are made in {@link #add}, {@link #forget} and
 * {@link #drain} only. No call to a tree is made under the lock.
 */
final class NodeTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE_NODES = 1 << PAGE_BITS;
    private static final int LEAST_SLOTS = 64;

    private static final VarHandle GENERATIONS = MethodHandles.arrayElementVarHandle(int[].class);

    private static final class Page {
        final FileNode[] nodes = new FileNode[PAGE_NODES];
        final long[] lookups = new long[PAGE_NODES];
        final long[] versions = new long[PAGE_NODES];
        final int[] generations = new int[PAGE_NODES];

        /** Place of the directory that it was found in; of a free place: the next free one. */
        final int[] parents = new int[PAGE_NODES];
    }

    /** The last ones may be missing yet. */
    private volatile Page[] pages = {new Page()};

    /** Places plus one, by the identity of what is there; 0 is empty. At most two thirds are used. */
    private int[] slots = new int[LEAST_SLOTS];

    private int used;
    private int count;
    private int firstFree = -1;

    /** The root has a place for ever. */
    NodeTable(FileNode root) {
        pages[0].nodes[0] = root;
        pages[0].lookups[0] = Long.MAX_VALUE / 2;
        used = 1;
        count = 1;
        insert(root, 0);
    }

    /** The node of that id, null if there is none. */
    FileNode get(long id) {
        int place = (int) id - 1;
        Page[] all = pages;
        if (place < 0 || place >> PAGE_BITS >= all.length) {
            return null;
        }
        Page page = all[place >> PAGE_BITS];
        int index = place & PAGE_NODES - 1;
        if (page == null || (int) GENERATIONS.getAcquire(page.generations, index) != (int) (id >>> 32)) {
            return null;
        }
        return page.nodes[index];
    }

    /** Notes one more look-up of a node, which gets an id if it has none. */
    synchronized long add(FileNode node, long parent) {
        int place = find(node);
        if (place < 0) {
            place = takePlace();
            Page page = page(place);
            int index = place & PAGE_NODES - 1;
            page.lookups[index] = 0;
            page.versions[index] = 0;
            page.nodes[index] = node;
            GENERATIONS.setRelease(page.generations, index, page.generations[index]);
            insert(node, place);
            count++;
        }
        Page page = page(place);
        page.parents[place & PAGE_NODES - 1] = (int) parent - 1;
        page.lookups[place & PAGE_NODES - 1]++;
        return idOf(place);
    }

    /** The id of a node that the kernel knows, 0 if it does not. */
    synchronized long idOf(FileNode node) {
        int place = find(node);
        return place < 0 ? 0 : idOf(place);
    }

    /** The node of the directory that this one was found in last, null if that is not known. */
    synchronized FileNode parentOf(long id) {
        if (get(id) == null || id == FuseWire.ROOT_ID) {
            return null;
        }
        int place = (int) id - 1;
        int parent = page(place).parents[place & PAGE_NODES - 1];
        return parent < 0 || parent >= used ? null : page(parent).nodes[parent & PAGE_NODES - 1];
    }

    /**
     * Notes what a version of the contents the kernel caches.
     *
     * @param version any number that changes with the contents; 0 means none
     * @return whether it was the same before
     */
    synchronized boolean sameVersion(long id, long version) {
        if (get(id) == null) {
            return false;
        }
        int place = (int) id - 1;
        Page page = page(place);
        int index = place & PAGE_NODES - 1;
        boolean same = page.versions[index] == version && version != 0;
        page.versions[index] = version;
        return same;
    }

    /**
     * Takes look-ups back; a node without any loses its id.
     *
     * @return how many look-ups there were to take, at most {@code lookups}; to be given back to the node
     */
    synchronized long forget(long id, long lookups) {
        if (get(id) == null || id == FuseWire.ROOT_ID || lookups <= 0) {
            return 0;
        }
        int place = (int) id - 1;
        Page page = page(place);
        int index = place & PAGE_NODES - 1;
        long taken = Math.min(lookups, page.lookups[index]);
        page.lookups[index] -= taken;
        if (page.lookups[index] == 0) {
            free(place);
        }
        return taken;
    }

    /** How many nodes there are, the root included. */
    synchronized int count() {
        return count;
    }

    /** Forgets all but the root; tells each node and its look-ups. */
    void drain(ObjLongConsumer<FileNode> forgotten) {
        for (int place = 1; place < places(); place++) {
            FileNode node;
            long taken;
            synchronized (this) {
                node = page(place).nodes[place & PAGE_NODES - 1];
                taken = node == null ? 0 : forget(idOf(place), Long.MAX_VALUE);
            }
            if (taken > 0) {
                forgotten.accept(node, taken);
            }
        }
    }

    private synchronized int places() {
        return used;
    }

    private Page page(int place) {
        return pages[place >> PAGE_BITS];
    }

    private long idOf(int place) {
        return (long) page(place).generations[place & PAGE_NODES - 1] << 32 | place + 1;
    }

    private int takePlace() {
        if (firstFree >= 0) {
            int place = firstFree;
            firstFree = page(place).parents[place & PAGE_NODES - 1];
            return place;
        }
        if ((used & PAGE_NODES - 1) == 0) {
            addPage(used >> PAGE_BITS);
        }
        return used++;
    }

    private void addPage(int number) {
        Page[] more = number < pages.length ? pages : Arrays.copyOf(pages, pages.length * 2);
        more[number] = new Page();
        pages = more;
    }

    private void free(int place) {
        Page page = page(place);
        int index = place & PAGE_NODES - 1;
        // Ids with bit 63 would be negative, which is as good, but 31 bits keep them readable.
        GENERATIONS.setRelease(page.generations, index, page.generations[index] + 1 & Integer.MAX_VALUE);
        remove(page.nodes[index]);
        page.nodes[index] = null;
        page.parents[index] = firstFree;
        firstFree = place;
        count--;
    }

    // The open-addressing table

    private int home(FileNode node) {
        // Identity hashes have 31 random bits, or 25: enough for as many places
        return System.identityHashCode(node) & slots.length - 1;
    }

    private int slotOf(FileNode node) {
        int slot = home(node);
        while (slots[slot] != 0 && at(slot) != node) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private FileNode at(int slot) {
        int place = slots[slot] - 1;
        return page(place).nodes[place & PAGE_NODES - 1];
    }

    private int find(FileNode node) {
        return slots[slotOf(node)] - 1;
    }

    private void insert(FileNode node, int place) {
        if (count * 3L >= slots.length * 2L) {
            grow();
        }
        slots[slotOf(node)] = place + 1;
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        for (int value : before) {
            if (value != 0) {
                int place = value - 1;
                slots[slotOf(page(place).nodes[place & PAGE_NODES - 1])] = value;
            }
        }
    }

    /** Empties a slot and moves up what was displaced by it, so that no marks are needed for removed ones. */
    private void remove(FileNode node) {
        int mask = slots.length - 1;
        int hole = slotOf(node);
        int next = hole;
        while (true) {
            next = next + 1 & mask;
            if (slots[next] == 0) {
                break;
            }
            int home = home(at(next));
            if ((next - home & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
    }
}
