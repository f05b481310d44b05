package org.froggr.spi.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names in a directory. The offset of a name stays while the name is there. The tree's lock is held. */
final class MemoryDirectory {
    /** A name, and what it means at present. */
    static final class Entry {
        final ByteKey name;
        final long offset;
        MemoryNode node;

        Entry(ByteKey name, long offset, MemoryNode node) {
            this.name = name;
            this.offset = offset;
            this.node = node;
        }
    }

    private final Map<ByteKey, Entry> byName = new HashMap<>();
    private final TreeMap<Long, Entry> byOffset = new TreeMap<>();
    private long nextOffset = 1;

    MemoryNode get(ByteKey name) {
        Entry entry = byName.get(name);
        return entry == null ? null : entry.node;
    }

    void put(ByteKey name, MemoryNode node) {
        Entry present = byName.get(name);
        if (present != null) {
            present.node = node;
            return;
        }
        Entry entry = new Entry(name, nextOffset++, node);
        byName.put(name, entry);
        byOffset.put(entry.offset, entry);
    }

    void remove(ByteKey name) {
        byOffset.remove(byName.remove(name).offset);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Some of the entries behind an offset, in order. */
    List<Entry> behind(long offset) {
        List<Entry> some = new ArrayList<>();
        for (Entry entry : byOffset.tailMap(offset, false).values()) {
            some.add(entry);
            if (some.size() == 256) {
                break;
            }
        }
        return some;
    }
}
