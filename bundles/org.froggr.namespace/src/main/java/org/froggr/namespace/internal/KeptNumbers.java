package org.froggr.namespace.internal;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.ErrnoException;
import org.froggr.linux.SharedFile;
import org.froggr.spi.presentation.Unions.UnionLog;

/**
 * What inode numbers depend on and cannot be found out again, kept in a file for the next process.
 *
 * <p>The file begins with {@link #MAGIC}; then come entries of 32 bytes:
 *
 * <pre>
 * bytes 0-7    check: of the kind and the key, written last and taken away first; 0 for a free place
 * bytes 8-15   kind in the upper two bits, and what it belongs to: a union, or 0
 * bytes 16-23  key
 * bytes 24-31  value
 * </pre>
 *
 * <p>A value is changed by one store. So whenever the process dies, each entry is there as it was before or after.
 */
final class KeptNumbers implements AutoCloseable {
    static final String FILE = "union-numbers";

    /** Of devices, each with an index. */
    static final long DEVICE = 0;

    /** Of directories that bear another number than their path says. */
    static final long DIRECTORY = 1;

    /** Of directories, by their number: which member gives numbers to the directories below. */
    static final long BASE = 2;

    /** "FRGNUM" and a version. */
    private static final long MAGIC = 0x4652474e554d0001L;

    private static final int HEADER = 32;
    private static final int ENTRY = 32;
    private static final int OWNER = 8;
    private static final int KEY = 16;
    private static final int VALUE = 24;
    private static final int FIRST_BYTES = 4096;
    private static final int MOST_BYTES = 1 << 28;
    private static final int KIND_SHIFT = 62;
    private static final int NO_PLACE = -1;

    /** @param owner kind and union */
    private record Key(long owner, long key) {}

    private record Entry(int place, long value) {}

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final UnionLog log;
    private SharedFile file;

    private KeptNumbers(UnionLog log) {
        this.log = log;
    }

    /**
     * Goes on with what another process left in this directory, which stays open until the end; -1 keeps them in memory
     * only.
     */
    static KeptNumbers open(int directory, UnionLog log) {
        KeptNumbers numbers = new KeptNumbers(log);
        if (directory >= 0) {
            try {
                numbers.file = SharedFile.open(directory, FILE, FIRST_BYTES);
                numbers.load();
            } catch (ErrnoException e) {
                numbers.giveUp(e.getMessage());
            }
        }
        return numbers;
    }

    private void giveUp(String why) {
        log.say(FILE + ": inode numbers may change when the platform is started anew: " + why);
        close();
    }

    private void load() {
        ByteBuffer memory = file.memory();
        if (memory.getLong(0) == 0) {
            memory.putLong(0, MAGIC);
        } else if (memory.getLong(0) != MAGIC) {
            giveUp("it is of another version, and left alone");
            return;
        }
        for (int place = HEADER; place <= memory.capacity() - ENTRY; place += ENTRY) {
            Key key = new Key(memory.getLong(place + OWNER), memory.getLong(place + KEY));
            Entry entry = new Entry(place, memory.getLong(place + VALUE));
            if (memory.getLong(place) != check(key) || entries.putIfAbsent(key, entry) != null) {
                memory.putLong(place, 0);
                free.add(place);
            }
        }
    }

    private static long check(Key key) {
        return Numbers.mix(key.owner + 1 ^ Numbers.mix(key.key + 1)) | 1;
    }

    private static Key key(long kind, long owner, long key) {
        return new Key(kind << KIND_SHIFT | owner & (1L << KIND_SHIFT) - 1, key);
    }

    /** The value, or another one if there is none. */
    long get(long kind, long owner, long key, long otherwise) {
        Entry entry = entries.get(key(kind, owner, key));
        return entry == null ? otherwise : entry.value;
    }

    synchronized void put(long kind, long owner, long key, long value) {
        Key full = key(kind, owner, key);
        Entry old = entries.get(full);
        if (old == null) {
            entries.put(full, new Entry(write(full, value), value));
        } else if (old.value != value) {
            if (old.place != NO_PLACE && file != null) {
                file.memory().putLong(old.place + VALUE, value);
            }
            entries.put(full, new Entry(old.place, value));
        }
    }

    private int write(Key key, long value) {
        if (file == null || !hasRoom()) {
            return NO_PLACE;
        }
        int place = free.remove();
        ByteBuffer memory = file.memory();
        memory.putLong(place + OWNER, key.owner);
        memory.putLong(place + KEY, key.key);
        memory.putLong(place + VALUE, value);
        VarHandle.releaseFence();
        memory.putLong(place, check(key));
        return place;
    }

    private boolean hasRoom() {
        if (free.isEmpty()) {
            int before = file.memory().capacity();
            try {
                if (before < MOST_BYTES) {
                    file.grow(before * 2);
                }
            } catch (ErrnoException e) {
                giveUp(e.getMessage());
                return false;
            }
            for (int place = before; place <= file.memory().capacity() - ENTRY; place += ENTRY) {
                free.add(place);
            }
        }
        return !free.isEmpty();
    }

    /** Takes one away. */
    synchronized void remove(long kind, long owner, long key) {
        Key full = key(kind, owner, key);
        Entry old = entries.get(full);
        if (old != null) {
            remove(full, old);
        }
    }

    /** Takes one away, unless it has another value. */
    synchronized void remove(long kind, long owner, long key, long value) {
        Key full = key(kind, owner, key);
        Entry old = entries.get(full);
        if (old != null && old.value == value) {
            remove(full, old);
        }
    }

    private void remove(Key key, Entry entry) {
        entries.remove(key);
        if (entry.place != NO_PLACE && file != null) {
            file.memory().putLong(entry.place, 0);
            free.add(entry.place);
        }
    }

    /** The keys of a kind. */
    List<Long> keys(long kind, long owner) {
        long full = key(kind, owner, 0).owner;
        List<Long> keys = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (key.owner == full) {
                keys.add(key.key);
            }
        });
        return keys;
    }

    /** Takes away what belongs to a union. */
    synchronized void removeAll(long owner) {
        for (long kind : new long[] {DIRECTORY, BASE}) {
            for (long of : keys(kind, owner)) {
                Key key = key(kind, owner, of);
                remove(key, entries.get(key));
            }
        }
    }

    /** From now on they are kept in memory only. What is in the file stays. */
    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
