package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;

/**
 * What the kernel has open, in a file: 48 bytes at the place that {@link HandleTable} has for each. All of a record
 * but its state is constant for its life. The caller holds the table's lock.
 */
final class KeptHandles implements AutoCloseable {
    /** Gets what another process left. */
    interface Loading {
        /** A place that was used before and is free. */
        void free(int place, int generation);

        void used(int place, int generation, Opening opening);
    }

    /**
     * How something was opened.
     *
     * @param node id of what was opened
     * @param unique number of the request that opened it
     * @param flags of open(2)
     * @param backing id that the kernel reads and writes it through, 0 for none
     */
    record Opening(long node, long unique, int flags, boolean directory, int backing) {}

    private static final String FILE = "fuse-handles";
    private static final int KIND = 3;
    private static final int FIRST_BYTES = 1 << 12;

    /** In the header: places that were ever used. */
    private static final int USED = 8;

    // A record
    private static final int RECORD = 48;
    private static final int NODE = 8;
    private static final int UNIQUE = 16;
    private static final int FLAGS = 24;
    private static final int TYPE = 28;
    private static final int BACKING = 32;
    private static final int CHECK = 40;

    private static final int A_FILE = 1;
    private static final int A_DIRECTORY = 2;

    private final KeptFile file;

    private KeptHandles(KeptFile file) {
        this.file = file;
    }

    static KeptHandles create(int directory) throws ErrnoException {
        return new KeptHandles(KeptFile.create(directory, FILE, KIND, FIRST_BYTES));
    }

    static KeptHandles open(int directory) throws ErrnoException {
        return new KeptHandles(KeptFile.open(directory, FILE, KIND));
    }

    static void remove(int directory) throws ErrnoException {
        KeptFile.remove(directory, FILE);
    }

    private static int at(int place) {
        return KeptFile.HEADER + place * RECORD;
    }

    /** A place is used from now on. */
    void add(int place, int generation, Handle handle) throws ErrnoException {
        file.reach(KeptFile.HEADER + (place + 1L) * RECORD);
        int at = at(place);
        ByteBuffer memory = file.memory();
        memory.putLong(at + NODE, handle.node());
        memory.putLong(at + UNIQUE, handle.unique());
        memory.putInt(at + FLAGS, handle.flags());
        memory.putInt(at + TYPE, handle instanceof DirectoryHandle ? A_DIRECTORY : A_FILE);
        memory.putInt(at + BACKING, handle instanceof FileHandle open ? open.backing() : 0);
        memory.putLong(at + CHECK, check(at));
        file.store(at, KeptState.of(place, generation, true));
        if (place >= file.load(USED)) {
            file.store(USED, place + 1L);
        }
    }

    private long check(int at) {
        long sum = 1;
        for (int i = at + NODE; i < at + CHECK; i += Long.BYTES) {
            sum = KeptState.mix(sum * 31 + file.memory().getLong(i));
        }
        return sum;
    }

    /** A place is free from now on, and has that generation when it is used again. */
    void free(int place, int generation) {
        file.store(at(place), KeptState.of(place, generation, false));
    }

    /** Tells of all places, in order; EUCLEAN if there is something else. */
    void load(Loading loading) throws ErrnoException {
        long used = file.load(USED);
        if (used < 0 || used > (file.size() - KeptFile.HEADER) / RECORD) {
            throw KeptFile.unusable(FILE + " was cut off");
        }
        for (int place = 0; place < used; place++) {
            int at = at(place);
            long state = file.load(at);
            boolean isUsed = KeptState.isUsed(state);
            if (!KeptState.isSound(state, place) || isUsed && file.memory().getLong(at + CHECK) != check(at)) {
                throw KeptFile.unusable(FILE + " has something else at " + place);
            }
            if (isUsed) {
                loading.used(place, KeptState.generation(state), opening(at));
            } else {
                loading.free(place, KeptState.generation(state));
            }
        }
    }

    private Opening opening(int at) {
        ByteBuffer memory = file.memory();
        return new Opening(
                memory.getLong(at + NODE),
                memory.getLong(at + UNIQUE),
                memory.getInt(at + FLAGS),
                memory.getInt(at + TYPE) == A_DIRECTORY,
                memory.getInt(at + BACKING));
    }

    @Override
    public void close() {
        file.close();
    }
}
