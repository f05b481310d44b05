package org.froggr.fuse.internal;

import java.util.function.Consumer;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;

/**
 * What a successor finds nodes by, as a part of {@link NodeTable}, whose lock all share: the name that led to each
 * last, and persistent handles of those that are open and have none. Does nothing as long as nothing is kept.
 */
final class NodeNames {
    private static final int MOST_LEVELS = 64;

    private final NodeTable table;
    private final NodePages pages;
    private KeptNodes kept;
    private Consumer<ErrnoException> abandoned;

    NodeNames(NodeTable table, NodePages pages) {
        this.table = table;
        this.pages = pages;
    }

    // By the table, under its lock

    /** Keeps all from now on. */
    void keep(KeptNodes newKept, Consumer<ErrnoException> ifAbandoned) {
        kept = newKept;
        abandoned = ifAbandoned;
    }

    private void abandon(ErrnoException e) {
        kept = null;
        abandoned.accept(e);
    }

    /** A node was looked up once more, by that name or, if it is null, by none. */
    void lookedUp(int place, boolean isAdded, long directory, MemoryName name) {
        if (kept == null) {
            return;
        }
        try {
            if (isAdded) {
                kept.add(place, pages.generation(place), pages.lookups(place));
            } else {
                kept.lookups(place, pages.lookups(place));
            }
            if (name != null && place > 0) {
                kept.name(place, directory, name);
            }
        } catch (ErrnoException e) {
            abandon(e);
        }
    }

    /** Some look-ups were given back, not all. */
    void forgotten(int place) {
        if (kept != null) {
            kept.lookups(place, pages.lookups(place));
        }
    }

    /** All look-ups were given back; the place has its next generation. */
    void freed(int place) {
        if (kept != null) {
            kept.free(place, pages.generation(place));
        }
    }

    int find(long directory, MemoryName name) {
        return kept == null ? -1 : kept.find(directory, name);
    }

    // By all

    /** Nothing of what happens from now on is kept; what was kept stays as it is. */
    void detach() {
        synchronized (table) {
            kept = null;
        }
    }

    /** Id of the node that this name led to last; 0 if that is not known. */
    long idOf(long directory, MemoryName name) {
        synchronized (table) {
            int place = find(directory, name);
            return place < 0 ? 0 : pages.idOf(place);
        }
    }

    /** That name leads to nothing any more. */
    void removed(long directory, MemoryName name) {
        synchronized (table) {
            int place = find(directory, name);
            if (place >= 0) {
                kept.unname(place);
            }
        }
    }

    /** What one name led to has the other one now; what had that has none. */
    void renamed(long directory, MemoryName name, long newDirectory, MemoryName newName) {
        synchronized (table) {
            int place = find(directory, name);
            if (place < 0) {
                removed(newDirectory, newName);
                return;
            }
            pages.parent(place, (int) newDirectory - 1);
            try {
                kept.name(place, newDirectory, newName);
            } catch (ErrnoException e) {
                abandon(e);
            }
        }
    }

    /** Each of two names leads to what the other one led to. */
    void exchanged(long directory, MemoryName name, long otherDirectory, MemoryName otherName) {
        synchronized (table) {
            int one = find(directory, name);
            int other = find(otherDirectory, otherName);
            if (one >= 0 && other >= 0) {
                pages.parent(one, (int) otherDirectory - 1);
                pages.parent(other, (int) directory - 1);
                try {
                    kept.exchange(one, directory, name, other, otherDirectory, otherName);
                } catch (ErrnoException e) {
                    abandon(e);
                }
            } else if (one >= 0) {
                renamed(directory, name, otherDirectory, otherName);
            } else if (other >= 0) {
                renamed(otherDirectory, otherName, directory, name);
            }
        }
    }

    /** A file or directory was opened, or closed again. */
    void opened(long id, int more) {
        synchronized (table) {
            int place = pages.placeOf(id);
            if (place >= 0) {
                pages.opens(place, pages.opens(place) + more);
            }
        }
    }

    /**
     * Whether a node is open, and nothing is kept that finds it without a name.
     *
     * @param isNamed whether it has a name that it is about to lose; else: whether it has none
     */
    boolean isHandleNeeded(long id, boolean isNamed) {
        synchronized (table) {
            int place = pages.placeOf(id);
            return kept != null
                    && place > 0
                    && pages.opens(place) > 0
                    && !kept.hasHandle(place)
                    && (isNamed || kept.isNameless(place));
        }
    }

    /** Keeps what finds a node without a name. */
    void handle(long id, byte[] handle) {
        synchronized (table) {
            int place = pages.placeOf(id);
            try {
                if (kept != null && place > 0) {
                    kept.handle(place, handle);
                }
            } catch (ErrnoException e) {
                abandon(e);
            }
        }
    }

    /** How to find a node; null if there is none of that id. */
    KeptNodes.Whereabouts whereabouts(long id) {
        synchronized (table) {
            int place = pages.placeOf(id);
            return kept == null || place < 0 ? null : kept.whereabouts(place);
        }
    }

    /** For people: how that node was found, as far as that is known. */
    String pathOf(long id) {
        StringBuilder path = new StringBuilder();
        KeptNodes.Whereabouts where = id == FuseWire.ROOT_ID ? null : whereabouts(id);
        for (int level = 0; where != null && where.name() != null && level < MOST_LEVELS; level++) {
            path.insert(0, "/" + ByteText.decode(where.name()));
            where = where.directory() == FuseWire.ROOT_ID ? null : whereabouts(where.directory());
        }
        return path.length() == 0 ? "(without a name)" : path.toString();
    }
}
