package org.froggr.fuse.internal;

import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;

/**
 * The nodes that the kernel knows, by the ids it knows them by, and how often each was looked up (nlookup).
 *
 * <p>An id is a place of {@link NodePages}, plus one, and in its upper half how often that place was used before: no
 * id comes back, the root is 1. Nodes are found by identity through {@link NodeSlots}. A node costs 34 to 40 bytes in
 * both, and about 70 in the files for a successor, if there are any ({@link NodeNames}).
 *
 * <p>After a take-over the table has nodes that nobody has found in the tree yet: {@link #get} does not know them,
 * and {@link #found} or a look-up of the same name brings them in. Of those the tree has handed out fewer look-ups
 * than the kernel has: the difference is owed to the kernel alone.
 *
 * <p>Look-ups by id take no lock; all changes do. No call to a tree is made under the lock.
 */
final class NodeTable {
    /** Of the root, which is never forgotten. */
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private static final int ROOT = 0;

    private final NodePages pages = new NodePages();
    private final NodeSlots slots = new NodeSlots(pages);
    private final NodeNames names = new NodeNames(this, pages);
    private int count;
    private volatile int missing;

    /** The root has a place for ever. */
    NodeTable(FileNode root) {
        slots.insert(root, pages.take(root));
        pages.lookups(ROOT, FOR_EVER);
        count = 1;
    }

    /** The names that lead to the nodes, where those are kept. */
    NodeNames names() {
        return names;
    }

    /** The node of that id, null if there is none, or if it was not found yet. */
    FileNode get(long id) {
        return pages.get(id);
    }

    /**
     * Notes one more look-up of a node, which gets an id if it has none.
     *
     * @param name what it was looked up by in that directory; null if it has no name
     * @param isNew whether it was just made, so that nobody had that name before
     */
    synchronized long add(FileNode node, long parent, MemoryName name, boolean isNew) {
        int place = slots.find(node);
        if (place < 0 && !isNew && missing > 0) {
            place = missing(parent, name);
            if (place >= 0) {
                bringIn(place, node);
            }
        }
        boolean isAdded = place < 0;
        if (isAdded) {
            place = pages.take(node);
            slots.insert(node, place);
            count++;
        }
        pages.parent(place, (int) parent - 1);
        pages.lookups(place, pages.lookups(place) + 1);
        names.lookedUp(place, isAdded, parent, name);
        return pages.idOf(place);
    }

    /** The id of a node that the kernel knows, 0 if it does not. */
    synchronized long idOf(FileNode node) {
        int place = slots.find(node);
        return place < 0 ? 0 : pages.idOf(place);
    }

    /** The id of the directory that this node was found in last, 0 if that is not known. */
    synchronized long parentOf(long id) {
        int place = pages.placeOf(id);
        int parent = place <= ROOT ? -1 : pages.parent(place);
        return parent < 0 || parent >= pages.used() ? 0 : pages.idOf(parent);
    }

    /**
     * Notes what a version of the contents the kernel caches.
     *
     * @param version any number that changes with the contents; 0 means none
     * @return whether it was the same before
     */
    synchronized boolean sameVersion(long id, long version) {
        int place = pages.placeOf(id);
        if (place < 0) {
            return false;
        }
        boolean same = pages.version(place) == version && version != 0;
        pages.version(place, version);
        return same;
    }

    /**
     * Takes look-ups back; a node without any loses its id.
     *
     * @return how many look-ups are to be given back to the node: as many as there were to take, at most
     *     {@code lookups}, less those that the tree has not handed out
     */
    synchronized long forget(long id, long lookups) {
        int place = pages.placeOf(id);
        if (place <= ROOT || lookups <= 0) {
            return 0;
        }
        long taken = Math.min(lookups, pages.lookups(place));
        long owed = Math.min(taken, pages.owed(place));
        pages.lookups(place, pages.lookups(place) - taken);
        pages.owed(place, pages.owed(place) - owed);
        if (pages.lookups(place) == 0) {
            free(place);
        } else {
            names.forgotten(place);
        }
        return taken - owed;
    }

    private void free(int place) {
        FileNode node = pages.node(place);
        if (node == null) {
            missing--;
        } else if (slots.find(node) == place) {
            slots.remove(node);
        }
        pages.free(place);
        names.freed(place);
        count--;
    }

    /** How often the kernel has looked up a node, 0 if it does not know it. */
    synchronized long lookups(long id) {
        int place = pages.placeOf(id);
        return place < 0 ? 0 : pages.lookups(place);
    }

    /** How many nodes there are, the root included. */
    synchronized int count() {
        return count;
    }

    /** All ids, but the root's. */
    synchronized long[] ids() {
        long[] ids = new long[count - 1];
        int found = 0;
        for (int place = ROOT + 1; place < pages.used(); place++) {
            if (pages.lookups(place) > 0) {
                ids[found++] = pages.idOf(place);
            }
        }
        return ids;
    }

    /** Forgets all but the root; tells each node and its look-ups. */
    void drain(ObjLongConsumer<FileNode> forgotten) {
        for (long id : ids()) {
            FileNode node;
            long taken;
            synchronized (this) {
                node = get(id);
                taken = forget(id, Long.MAX_VALUE);
            }
            if (taken > 0) {
                forgotten.accept(node, taken);
            }
        }
    }

    // What another process left

    /** Keeps all that changes from now on; nobody was looked up yet. */
    synchronized void keep(KeptNodes kept, Consumer<ErrnoException> ifAbandoned) throws ErrnoException {
        kept.add(ROOT, 0, FOR_EVER);
        names.keep(kept, ifAbandoned);
    }

    /** Begins with what another process left, and keeps all that changes from now on. */
    synchronized void restore(KeptNodes left, Consumer<ErrnoException> ifAbandoned) throws ErrnoException {
        left.load(new KeptNodes.Loading() {
            @Override
            public void free(int place, int generation) {
                pages.restore(place, generation);
                pages.makeFree(place);
            }

            @Override
            public void used(int place, int generation, long lookups, long directory) {
                if (place != ROOT) {
                    pages.restore(place, generation);
                    pages.lookups(place, lookups);
                    pages.owed(place, lookups);
                    pages.parent(place, (int) directory - 1);
                    count++;
                    missing++;
                }
            }
        });
        names.keep(left, ifAbandoned);
    }

    /** Nodes that were not found in the tree yet. */
    int missing() {
        return missing;
    }

    /**
     * A node was found in the tree, which handed out one look-up of it.
     *
     * @return whether that counts; if not, somebody was faster or the node was forgotten, and it is to be given back
     */
    synchronized boolean found(long id, FileNode node) {
        int place = pages.placeOf(id);
        if (place < 0 || pages.node(place) != null) {
            return false;
        }
        bringIn(place, node);
        pages.owed(place, pages.owed(place) - 1);
        return true;
    }

    private void bringIn(int place, FileNode node) {
        // Two ids may turn out to be one file: the first one that was found stands for it
        boolean isOther = slots.find(node) >= 0;
        pages.node(place, node);
        missing--;
        if (!isOther) {
            slots.insert(node, place);
        }
    }

    /** The place of a node that was not found yet and that this name leads to; -1 if there is none. */
    private int missing(long directory, MemoryName name) {
        int place = name == null ? -1 : names.find(directory, name);
        return place < 0 || pages.node(place) != null ? -1 : place;
    }
}
