package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;

/**
 * The nodes that the kernel knows, by the ids it knows them by, and how often each was looked up (nlookup).
 *
 * <p>An id is a place in pages of a table, plus one, and in its upper half how often that place was used
 * before: no id comes back, the root is 1. Nodes are found by identity through an open-addressing table of
 * places. A node costs 28 bytes in its page and 6 to 12 in that table.
 *
 * <p>After a take-over the table has nodes that nobody has found in the tree yet: {@link #get} does not know them,
 * {@link #whereabouts} says how to find them, and {@link #found} or a look-up of the same name brings them in. Of
 * those the tree has handed out fewer look-ups than the kernel has: the difference is owed to the kernel alone.
 *
 * <p>Look-ups by id take no lock; all changes do. No call to a tree is made under the lock.
 */
final class NodeTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE_NODES = 1 << PAGE_BITS;
    private static final int LEAST_SLOTS = 64;

    private static final VarHandle GENERATIONS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle NODES = MethodHandles.arrayElementVarHandle(FileNode[].class);

    private static final int MOST_LEVELS = 64;

    /** Of the root, which is never forgotten. */
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private static final class Page {
        final FileNode[] nodes = new FileNode[PAGE_NODES];
        final long[] lookups = new long[PAGE_NODES];
        final long[] versions = new long[PAGE_NODES];
        final int[] generations = new int[PAGE_NODES];

        /** Place of the directory that it was found in; of a free place: the next free one. */
        final int[] parents = new int[PAGE_NODES];

        /** Look-ups that the tree has not handed out; null if there are none. */
        long[] owed;

        /** Open files and directories; null if nothing is kept. */
        int[] opens;
    }

    /** The last ones may be missing yet. */
    private volatile Page[] pages = {new Page()};

    /** Places plus one, by the identity of what is there; 0 is empty. At most two thirds are used. */
    private int[] slots = new int[LEAST_SLOTS];

    private int used;
    private int count;
    private int firstFree = -1;
    private volatile int missing;
    private KeptNodes kept;
    private Consumer<ErrnoException> abandoned;

    /** The root has a place for ever. */
    NodeTable(FileNode root) {
        pages[0].nodes[0] = root;
        pages[0].lookups[0] = FOR_EVER;
        used = 1;
        count = 1;
        insert(root, 0);
    }

    // What is kept for a successor

    /** Keeps all that changes from now on; nobody was looked up yet. */
    synchronized void keep(KeptNodes newKept, Consumer<ErrnoException> ifAbandoned) throws ErrnoException {
        newKept.add(0, 0, FOR_EVER);
        kept = newKept;
        abandoned = ifAbandoned;
    }

    /** Begins with what another process left. */
    synchronized void restore(KeptNodes left, Consumer<ErrnoException> ifAbandoned) throws ErrnoException {
        left.load(new KeptNodes.Loading() {
            @Override
            public void free(int place, int generation) {
                if (place > 0) {
                    pageOf(place).generations[place & PAGE_NODES - 1] = generation;
                    used = place + 1;
                    makeFree(place);
                }
            }

            @Override
            public void used(int place, int generation, long lookups, long directory) {
                if (place > 0) {
                    restore(place, generation, lookups, directory);
                }
            }
        });
        kept = left;
        abandoned = ifAbandoned;
    }

    private void restore(int place, int generation, long lookups, long directory) {
        Page page = pageOf(place);
        int index = place & PAGE_NODES - 1;
        page.generations[index] = generation;
        page.lookups[index] = lookups;
        page.parents[index] = (int) directory - 1;
        owed(page)[index] = lookups;
        used = place + 1;
        count++;
        missing++;
    }

    private Page pageOf(int place) {
        int number = place >> PAGE_BITS;
        if (number >= pages.length || pages[number] == null) {
            addPage(number);
        }
        return pages[number];
    }

    private static long[] owed(Page page) {
        if (page.owed == null) {
            page.owed = new long[PAGE_NODES];
        }
        return page.owed;
    }

    /** Nothing of what happens from now on is kept; what was kept stays as it is. */
    synchronized void detach() {
        kept = null;
    }

    private void abandon(ErrnoException e) {
        kept = null;
        abandoned.accept(e);
    }

    /** Nodes that were not found in the tree yet. */
    int missing() {
        return missing;
    }

    /** How to find a node that is known and was not found yet; null if there is no such node. */
    synchronized KeptNodes.Whereabouts whereabouts(long id) {
        if (kept == null || !isUsed(id)) {
            return null;
        }
        return kept.whereabouts((int) id - 1);
    }

    /** Whether the kernel has looked it up. */
    private boolean isUsed(long id) {
        int place = (int) id - 1;
        return place >= 0
                && place < used
                && page(place).generations[place & PAGE_NODES - 1] == (int) (id >>> 32)
                && page(place).lookups[place & PAGE_NODES - 1] > 0;
    }

    /**
     * A node was found in the tree, which handed out one look-up of it.
     *
     * @return whether that counts; if not, somebody was faster or the node was forgotten, and it is to be given back
     */
    synchronized boolean found(long id, FileNode node) {
        int place = (int) id - 1;
        if (!isUsed(id) || page(place).nodes[place & PAGE_NODES - 1] != null) {
            return false;
        }
        bringIn(place, node);
        page(place).owed[place & PAGE_NODES - 1]--;
        return true;
    }

    private void bringIn(int place, FileNode node) {
        Page page = page(place);
        boolean isOther = find(node) >= 0;
        NODES.setRelease(page.nodes, place & PAGE_NODES - 1, node);
        missing--;
        if (!isOther) {
            insert(node, place);
        }
    }

    /** The place of a node that was not found yet and that this name leads to; -1 if there is none. */
    private int missing(long directory, MemoryName name) {
        int place = missing == 0 || kept == null || name == null ? -1 : kept.find(directory, name);
        return place < 0 || page(place).nodes[place & PAGE_NODES - 1] != null ? -1 : place;
    }

    private void keepAdded(int place, boolean isNew, long directory, MemoryName name) {
        if (kept == null) {
            return;
        }
        int index = place & PAGE_NODES - 1;
        try {
            if (isNew) {
                kept.add(place, page(place).generations[index], page(place).lookups[index]);
            } else {
                kept.lookups(place, page(place).lookups[index]);
            }
            if (name != null && place > 0) {
                kept.name(place, directory, name);
            }
        } catch (ErrnoException e) {
            abandon(e);
        }
    }

    /** For people: how that node was found, as far as that is known. */
    synchronized String pathOf(long id) {
        StringBuilder path = new StringBuilder();
        KeptNodes.Whereabouts where = id == FuseWire.ROOT_ID ? null : whereabouts(id);
        for (int level = 0; where != null && where.name() != null && level < MOST_LEVELS; level++) {
            path.insert(0, "/" + ByteText.decode(where.name()));
            where = where.directory() == FuseWire.ROOT_ID ? null : whereabouts(where.directory());
        }
        return path.length() == 0 ? "(without a name)" : path.toString();
    }

    /** Id of the node that this name led to last; 0 if that is not known. */
    synchronized long named(long directory, MemoryName name) {
        int place = kept == null ? -1 : kept.find(directory, name);
        return place < 0 ? 0 : idOf(place);
    }

    /** That name leads to nothing any more. */
    synchronized void removed(long directory, MemoryName name) {
        int place = kept == null ? -1 : kept.find(directory, name);
        if (place >= 0) {
            kept.unname(place);
        }
    }

    /** What one name led to has the other one now; what had that has none. */
    synchronized void renamed(long directory, MemoryName name, long newDirectory, MemoryName newName) {
        int place = kept == null ? -1 : kept.find(directory, name);
        if (place < 0) {
            removed(newDirectory, newName);
            return;
        }
        page(place).parents[place & PAGE_NODES - 1] = (int) newDirectory - 1;
        try {
            kept.name(place, newDirectory, newName);
        } catch (ErrnoException e) {
            abandon(e);
        }
    }

    /** Each of two names leads to what the other one led to. */
    synchronized void exchanged(long directory, MemoryName name, long otherDirectory, MemoryName otherName) {
        int one = kept == null ? -1 : kept.find(directory, name);
        int other = kept == null ? -1 : kept.find(otherDirectory, otherName);
        if (one >= 0 && other >= 0) {
            page(one).parents[one & PAGE_NODES - 1] = (int) otherDirectory - 1;
            page(other).parents[other & PAGE_NODES - 1] = (int) directory - 1;
            kept.exchange(one, other);
        } else if (one >= 0) {
            renamed(directory, name, otherDirectory, otherName);
        } else if (other >= 0) {
            renamed(otherDirectory, otherName, directory, name);
        }
    }

    /** A file or directory was opened, or closed again. */
    synchronized void opened(long id, int more) {
        if (kept != null && isUsed(id)) {
            Page page = page((int) id - 1);
            if (page.opens == null) {
                page.opens = new int[PAGE_NODES];
            }
            page.opens[(int) id - 1 & PAGE_NODES - 1] += more;
        }
    }

    /** Whether a node is open, and nothing is kept that finds it when it has no name. */
    synchronized boolean isHandleNeeded(long id, boolean isNamed) {
        if (kept == null || !isUsed(id) || id == FuseWire.ROOT_ID) {
            return false;
        }
        int place = (int) id - 1;
        Page page = page(place);
        return page.opens != null
                && page.opens[place & PAGE_NODES - 1] > 0
                && !kept.hasHandle(place)
                && (isNamed || kept.isNameless(place));
    }

    /** Keeps what finds a node when it has no name. */
    synchronized void handle(long id, byte[] handle) {
        if (kept != null && isUsed(id)) {
            try {
                kept.handle((int) id - 1, handle);
            } catch (ErrnoException e) {
                abandon(e);
            }
        }
    }

    /** All ids, but the root's. */
    synchronized long[] ids() {
        long[] ids = new long[count - 1];
        int found = 0;
        for (int place = 1; place < used; place++) {
            if (page(place).lookups[place & PAGE_NODES - 1] > 0) {
                ids[found++] = idOf(place);
            }
        }
        return ids;
    }

    // Nodes

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
        return (FileNode) NODES.getAcquire(page.nodes, index);
    }

    /**
     * Notes one more look-up of a node, which gets an id if it has none.
     *
     * @param name what it was looked up by in that directory; null if it has no name
     * @param isNew whether it was just made, so that nobody had that name before
     */
    synchronized long add(FileNode node, long parent, MemoryName name, boolean isNew) {
        int place = find(node);
        if (place < 0 && !isNew) {
            place = missing(parent, name);
            if (place >= 0) {
                bringIn(place, node);
            }
        }
        boolean isAdded = place < 0;
        if (isAdded) {
            place = takePlace();
            Page page = page(place);
            int index = place & PAGE_NODES - 1;
            page.lookups[index] = 0;
            page.versions[index] = 0;
            if (page.opens != null) {
                page.opens[index] = 0;
            }
            NODES.setRelease(page.nodes, index, node);
            GENERATIONS.setRelease(page.generations, index, page.generations[index]);
            insert(node, place);
            count++;
        }
        Page page = page(place);
        page.parents[place & PAGE_NODES - 1] = (int) parent - 1;
        page.lookups[place & PAGE_NODES - 1]++;
        keepAdded(place, isAdded, parent, name);
        return idOf(place);
    }

    /** The id of a node that the kernel knows, 0 if it does not. */
    synchronized long idOf(FileNode node) {
        int place = find(node);
        return place < 0 ? 0 : idOf(place);
    }

    /** The id of the directory that this node was found in last, 0 if that is not known. */
    synchronized long parentOf(long id) {
        if (!isUsed(id) || id == FuseWire.ROOT_ID) {
            return 0;
        }
        int place = (int) id - 1;
        int parent = page(place).parents[place & PAGE_NODES - 1];
        return parent < 0 || parent >= used ? 0 : idOf(parent);
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
     * @return how many look-ups are to be given back to the node: as many as there were to take, at most
     *     {@code lookups}, less those that the tree has not handed out
     */
    synchronized long forget(long id, long lookups) {
        if (!isUsed(id) || id == FuseWire.ROOT_ID || lookups <= 0) {
            return 0;
        }
        int place = (int) id - 1;
        Page page = page(place);
        int index = place & PAGE_NODES - 1;
        long taken = Math.min(lookups, page.lookups[index]);
        page.lookups[index] -= taken;
        long owed = page.owed == null ? 0 : Math.min(taken, page.owed[index]);
        if (owed > 0) {
            page.owed[index] -= owed;
        }
        if (page.lookups[index] == 0) {
            free(place);
        } else if (kept != null) {
            kept.lookups(place, page.lookups[index]);
        }
        return taken - owed;
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
                taken = forget(idOf(place), Long.MAX_VALUE);
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
        Page[] more = number < pages.length ? pages : Arrays.copyOf(pages, Math.max(number + 1, pages.length * 2));
        more[number] = new Page();
        pages = more;
    }

    private void free(int place) {
        Page page = page(place);
        int index = place & PAGE_NODES - 1;
        // Ids with bit 63 would be negative, which is as good, but 31 bits keep them readable.
        GENERATIONS.setRelease(page.generations, index, page.generations[index] + 1 & Integer.MAX_VALUE);
        if (page.nodes[index] == null) {
            missing--;
        } else if (find(page.nodes[index]) == place) {
            remove(page.nodes[index]);
        }
        page.nodes[index] = null;
        if (kept != null) {
            kept.free(place, page.generations[index]);
        }
        makeFree(place);
        count--;
    }

    private void makeFree(int place) {
        page(place).parents[place & PAGE_NODES - 1] = firstFree;
        firstFree = place;
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
