package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;

/** The locks that were granted, in a file: 64 bytes each. Any thread. */
final class KeptLocks implements AutoCloseable {
    /** Gets what another process left. */
    interface Loading {
        void held(int place, long handle, LockRange lock);
    }

    /** In place of a record's place: it is not kept. */
    static final int NOWHERE = -1;

    private static final String FILE = "fuse-locks";
    private static final int KIND = 4;
    private static final int FIRST_BYTES = 1 << 12;

    // A record
    private static final int RECORD = 64;
    private static final int HANDLE = 8;
    private static final int OWNER = 16;
    private static final int START = 24;
    private static final int END = 32;
    private static final int PID = 40;
    private static final int TYPE = 44;
    private static final int CHECK = 48;

    /** In {@link #TYPE}: of the whole file. */
    private static final int WHOLE = 1 << 8;

    private final KeptRecords records;
    private final Consumer<ErrnoException> abandoned;
    private final Deque<Integer> free = new ArrayDeque<>();
    private int used;
    private boolean detached;

    private KeptLocks(KeptFile file, Consumer<ErrnoException> abandoned) {
        this.records = new KeptRecords(file, FILE, RECORD, CHECK);
        this.abandoned = abandoned;
    }

    static KeptLocks create(int directory, Consumer<ErrnoException> abandoned) throws ErrnoException {
        return new KeptLocks(KeptFile.create(directory, FILE, KIND, FIRST_BYTES), abandoned);
    }

    static KeptLocks open(int directory, Consumer<ErrnoException> abandoned) throws ErrnoException {
        return new KeptLocks(KeptFile.open(directory, FILE, KIND), abandoned);
    }

    static void remove(int directory) throws ErrnoException {
        KeptFile.remove(directory, FILE);
    }

    /**
     * Notes a lock.
     *
     * @param handle number of the open file it was got through
     * @return what {@link #release} is told
     */
    synchronized int add(long handle, LockRange lock) {
        if (detached) {
            return NOWHERE;
        }
        int place = free.isEmpty() ? used : free.pop();
        int at;
        try {
            at = records.prepare(place);
        } catch (ErrnoException e) {
            detached = true;
            abandoned.accept(e);
            return NOWHERE;
        }
        ByteBuffer memory = records.memory();
        memory.putLong(at + HANDLE, handle);
        memory.putLong(at + OWNER, lock.owner());
        memory.putLong(at + START, lock.start());
        memory.putLong(at + END, lock.end());
        memory.putInt(at + PID, lock.pid());
        memory.putInt(at + TYPE, lock.type() | (lock.whole() ? WHOLE : 0));
        records.use(place, 0);
        used = Math.max(used, place + 1);
        return place;
    }

    synchronized void release(int place) {
        if (!detached && place != NOWHERE) {
            records.free(place, 0);
            free.push(place);
        }
    }

    /** Tells of all that another process left; EUCLEAN if there is something else. */
    synchronized void load(Loading loading) throws ErrnoException {
        used = records.load(new KeptRecords.Loading() {
            @Override
            public void used(int place, int generation, int at) {
                loading.held(place, records.memory().getLong(at + HANDLE), range(at));
            }

            @Override
            public void free(int place, int generation) {
                free.push(place);
            }
        });
    }

    private LockRange range(int at) {
        ByteBuffer memory = records.memory();
        int type = memory.getInt(at + TYPE);
        return new LockRange(
                memory.getLong(at + OWNER),
                memory.getInt(at + PID),
                type & WHOLE - 1,
                memory.getLong(at + START),
                memory.getLong(at + END),
                (type & WHOLE) != 0);
    }

    /** Nothing of what happens from now on is kept; what was kept stays as it is. */
    synchronized void detach() {
        detached = true;
    }

    @Override
    public synchronized void close() {
        detached = true;
        records.close();
    }
}
