package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.froggr.api.ErrnoException;

/**
 * The nodes that the kernel knows, in a file: 32 bytes at the place that {@link NodeTable} has for each, and its
 * name in {@link KeptNames}. A name is one that led to the node; each leads to one node at most, which is what it
 * led to last. The caller holds the table's lock.
 */
final class KeptNodes implements AutoCloseable {
    /** Gets what another process left. */
    interface Loading {
        /** A place that was used before and is free. */
        void free(int place, int generation);

        /** @param directory id of the directory that its name is in, 0 if it has none */
        void used(int place, int generation, long lookups, long directory);
    }

    private static final String FILE = "fuse-nodes";
    private static final int KIND = 1;
    private static final int FIRST_BYTES = 1 << 14;

    /** In the header: places that were ever used. */
    private static final int USED = 8;

    // A record
    private static final int RECORD = 32;
    private static final int LOOKUPS = 8;
    private static final int NAME = 16;
    private static final int HANDLE = 24;

    private final KeptFile file;
    private final KeptNames names;
    private final NameIndex index = new NameIndex(place -> hashOf(place));

    private KeptNodes(KeptFile file, KeptNames names) {
        this.file = file;
        this.names = names;
    }

    static KeptNodes create(int directory) throws ErrnoException {
        KeptFile file = KeptFile.create(directory, FILE, KIND, FIRST_BYTES);
        try {
            return new KeptNodes(file, KeptNames.create(directory));
        } catch (ErrnoException e) {
            file.close();
            throw e;
        }
    }

    /** What another process left; see {@link #load}. */
    static KeptNodes open(int directory) throws ErrnoException {
        KeptFile file = KeptFile.open(directory, FILE, KIND);
        try {
            return new KeptNodes(file, KeptNames.open(directory));
        } catch (ErrnoException e) {
            file.close();
            throw e;
        }
    }

    static void remove(int directory) throws ErrnoException {
        KeptFile.remove(directory, FILE);
        KeptNames.remove(directory);
    }

    private static int at(int place) {
        return KeptFile.HEADER + place * RECORD;
    }

    /** What the blocks of a place bear, so that no other's are taken for its own. */
    private int owner(int place) {
        long generation = KeptState.generation(file.load(at(place)));
        return (int) KeptState.mix(generation << 32 | place) & 0xffff;
    }

    private int hashOf(int place) {
        return names.hash(file.memory().getLong(at(place) + NAME));
    }

    // Changes

    /** A place is used from now on, by a node that has no name yet. */
    void add(int place, int generation, long lookups) throws ErrnoException {
        file.reach(KeptFile.HEADER + (place + 1L) * RECORD);
        int at = at(place);
        ByteBuffer memory = file.memory();
        memory.putLong(at + LOOKUPS, lookups);
        memory.putLong(at + NAME, KeptNames.NONE);
        memory.putLong(at + HANDLE, KeptNames.NONE);
        file.store(at, KeptState.of(place, generation, true));
        if (place >= file.load(USED)) {
            file.store(USED, place + 1L);
        }
    }

    void lookups(int place, long count) {
        file.memory().putLong(at(place) + LOOKUPS, count);
    }

    /** That name leads to that node. */
    void name(int place, long directory, MemoryName name) throws ErrnoException {
        int at = at(place);
        long before = file.memory().getLong(at + NAME);
        if (names.is(before, directory, name)) {
            return;
        }
        int hash = name.hash(directory);
        int holder = find(directory, name, hash);
        if (holder >= 0) {
            unname(holder);
        }
        long now = names.write(owner(place), directory, name, hash);
        if (before != KeptNames.NONE) {
            index.remove(place);
        }
        file.store(at + NAME, now);
        if (before != KeptNames.NONE) {
            names.free(before);
        }
        index.insert(hash, place);
    }

    /** No name leads to that node any more. */
    void unname(int place) {
        int at = at(place);
        long before = file.memory().getLong(at + NAME);
        if (before != KeptNames.NONE) {
            index.remove(place);
            file.store(at + NAME, KeptNames.NONE);
            names.free(before);
        }
    }

    /** Each of two nodes has the name of the other one now. In the middle of this both have one of them. */
    void exchange(
            int one, long directory, MemoryName name, int other, long otherDirectory, MemoryName otherName)
            throws ErrnoException {
        long oneBefore = file.memory().getLong(at(one) + NAME);
        long otherBefore = file.memory().getLong(at(other) + NAME);
        int hash = name.hash(directory);
        int otherHash = otherName.hash(otherDirectory);
        long oneNow = names.write(owner(one), otherDirectory, otherName, otherHash);
        long otherNow = names.write(owner(other), directory, name, hash);
        index.remove(one);
        index.remove(other);
        file.store(at(one) + NAME, oneNow);
        file.store(at(other) + NAME, otherNow);
        names.free(oneBefore);
        names.free(otherBefore);
        index.insert(otherHash, one);
        index.insert(hash, other);
    }

    /** The node is found by that handle, whatever its names are. */
    void handle(int place, byte[] handle) throws ErrnoException {
        int at = at(place) + HANDLE;
        long before = file.memory().getLong(at);
        if (before == KeptNames.NONE) {
            file.store(at, names.write(owner(place), handle));
        }
    }

    /** A place is free from now on, and has that generation when it is used again. */
    void free(int place, int generation) {
        unname(place);
        long handle = file.memory().getLong(at(place) + HANDLE);
        file.store(at(place), KeptState.of(place, generation, false));
        if (handle != KeptNames.NONE) {
            names.free(handle);
        }
    }

    // Questions

    /** Where the node is that this name leads to, -1 if that is not known. */
    int find(long directory, MemoryName name) {
        return find(directory, name, name.hash(directory));
    }

    private int find(long directory, MemoryName name, int hash) {
        int slot = index.first(hash);
        int place = index.place(slot);
        while (place >= 0 && !names.is(file.memory().getLong(at(place) + NAME), directory, name)) {
            slot = index.next(slot);
            place = index.place(slot);
        }
        return place;
    }

    boolean isNameless(int place) {
        return file.memory().getLong(at(place) + NAME) == KeptNames.NONE;
    }

    boolean hasHandle(int place) {
        return file.memory().getLong(at(place) + HANDLE) != KeptNames.NONE;
    }

    /** How to find that node. */
    Whereabouts whereabouts(int place) {
        long name = file.memory().getLong(at(place) + NAME);
        long handle = file.memory().getLong(at(place) + HANDLE);
        boolean isNamed = name != KeptNames.NONE;
        return new Whereabouts(
                isNamed ? names.directory(name) : 0,
                isNamed ? names.bytes(name) : null,
                handle == KeptNames.NONE ? null : names.bytes(handle));
    }

    /** A name and its directory, if there is one; a persistent handle, if there is one. */
    record Whereabouts(long directory, byte[] name, byte[] handle) {}

    // What another process left

    /** Tells of all places, in order; what refers to nothing sound is without a name. EUCLEAN if there are others. */
    void load(Loading loading) throws ErrnoException {
        long used = file.load(USED);
        if (used < 1 || used > (file.size() - KeptFile.HEADER) / RECORD) {
            throw KeptFile.unusable(FILE + " was cut off");
        }
        BitSet blocks = new BitSet();
        for (int place = 0; place < used; place++) {
            long state = file.load(at(place));
            if (!KeptState.isSound(state, place)) {
                throw KeptFile.unusable(FILE + " has something else at " + place);
            }
            if (KeptState.isUsed(state)) {
                check(place, blocks);
                long lookups = file.memory().getLong(at(place) + LOOKUPS);
                long name = file.memory().getLong(at(place) + NAME);
                long directory = name == KeptNames.NONE ? 0 : names.directory(name);
                loading.used(place, KeptState.generation(state), lookups, directory);
            } else {
                loading.free(place, KeptState.generation(state));
            }
        }
        names.loaded(blocks);
    }

    private void check(int place, BitSet blocks) throws ErrnoException {
        int at = at(place);
        if (file.memory().getLong(at + LOOKUPS) <= 0) {
            throw KeptFile.unusable(FILE + " has a node that nobody looked up");
        }
        long handle = file.memory().getLong(at + HANDLE);
        if (handle != KeptNames.NONE && !(names.isSound(owner(place), handle) && names.mark(blocks, handle))) {
            file.store(at + HANDLE, KeptNames.NONE);
        }
        long name = file.memory().getLong(at + NAME);
        if (name == KeptNames.NONE) {
            return;
        }
        boolean sound = names.isSound(owner(place), name);
        int holder = sound ? holder(name) : -1;
        sound = sound && (holder >= 0 || names.mark(blocks, name));
        if (holder >= 0) {
            // In the middle of an exchange: which is which is said by their handles only
            index.remove(holder);
            file.store(at(holder) + NAME, KeptNames.NONE);
        }
        if (sound && holder < 0) {
            index.insert(names.hash(name), place);
        } else {
            file.store(at + NAME, KeptNames.NONE);
        }
    }

    private int holder(long name) {
        int slot = index.first(names.hash(name));
        int place = index.place(slot);
        while (place >= 0 && !names.areSame(file.memory().getLong(at(place) + NAME), name)) {
            slot = index.next(slot);
            place = index.place(slot);
        }
        return place;
    }

    @Override
    public void close() {
        file.close();
        names.close();
    }
}
