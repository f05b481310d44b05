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

    private final KeptRecords records;

    private KeptHandles(KeptFile file) {
        this.records = new KeptRecords(file, FILE, RECORD, CHECK);
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

    /** A place is used from now on. */
    void add(int place, int generation, Handle handle) throws ErrnoException {
        int at = records.prepare(place);
        ByteBuffer memory = records.memory();
        memory.putLong(at + NODE, handle.node());
        memory.putLong(at + UNIQUE, handle.unique());
        memory.putInt(at + FLAGS, handle.flags());
        memory.putInt(at + TYPE, handle instanceof DirectoryHandle ? A_DIRECTORY : A_FILE);
        memory.putInt(at + BACKING, handle instanceof FileHandle open ? open.backing() : 0);
        records.use(place, generation);
    }

    /** A place is free from now on, and has that generation when it is used again. */
    void free(int place, int generation) {
        records.free(place, generation);
    }

    /** Tells of all places, in order; EUCLEAN if there is something else. */
    void load(Loading loading) throws ErrnoException {
        records.load(new KeptRecords.Loading() {
            @Override
            public void used(int place, int generation, int at) {
                loading.used(place, generation, opening(at));
            }

            @Override
            public void free(int place, int generation) {
                loading.free(place, generation);
            }
        });
    }

    private Opening opening(int at) {
        ByteBuffer memory = records.memory();
        return new Opening(
                memory.getLong(at + NODE),
                memory.getLong(at + UNIQUE),
                memory.getInt(at + FLAGS),
                memory.getInt(at + TYPE) == A_DIRECTORY,
                memory.getInt(at + BACKING));
    }

    @Override
    public void close() {
        records.close();
    }
}
