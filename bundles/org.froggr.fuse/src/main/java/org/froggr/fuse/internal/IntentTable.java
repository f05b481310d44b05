package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.SharedFile;

/**
 * The intent record: a slot for each request in work whose operation must not be performed twice, in memory that
 * outlives the process. The slots that a former process left stay as they are until their request is sent again and
 * answered, so they outlive this process as well.
 *
 * <p>A slot is what its state says, which is written last. Numbers are of this machine; there is no checksum, since
 * no process ends between the bytes of an aligned store.
 *
 * <pre>
 * 0  magic, version                                         (once, {@link #SLOT} bytes)
 * 64 state, opcode, unique, start, first, second, result, performer    (each slot)
 * </pre>
 *
 * <p>Any thread; a slot is written by the thread that has it.
 */
final class IntentTable implements AutoCloseable {
    static final String FILE = "fuse-intents";

    /** No slot. */
    static final int NONE = -1;

    /** More than operations can be in work for one connection: those of its threads, and those that were given up. */
    static final int SLOTS = 256;

    static final int SLOT = 64;

    /** "FrgIntn1": its last character is the version. */
    private static final long MAGIC = 0x4672_6749_6e74_6e31L;

    private static final int STATE = 0;
    private static final int OPCODE = 4;
    private static final int UNIQUE = 8;
    private static final int START = 16;
    private static final int FIRST = 24;
    private static final int SECOND = 32;
    private static final int RESULT = 40;
    private static final int PERFORMER = 48;

    // States
    private static final int FREE = 0;
    private static final int STARTED = 1;
    private static final int DONE = 2;

    // Who has a slot, by what stands in users: more than one if a request is in work twice
    private static final int NOBODY = 0;
    private static final int ONE = 1;
    private static final int LEAVING = -1;
    private static final int FORMER = -2;

    private static final VarHandle STATES =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final SharedFile file;
    private final ByteBuffer memory;
    private final AtomicIntegerArray users = new AtomicIntegerArray(SLOTS);
    private final boolean[] isFormerRename = new boolean[SLOTS];
    private final AtomicInteger formerRenames = new AtomicInteger();
    private volatile boolean isLeft;

    private IntentTable(SharedFile file) {
        this.file = file;
        this.memory = file.memory();
    }

    /**
     * Opens the record in a directory.
     *
     * @param directory descriptor
     * @param isTakenOver whether what a former process left is of this connection; it is dropped otherwise
     * @throws ErrnoException what the system says to a file of 16 KiB; EUCLEAN if that of a former process is none
     */
    static IntentTable open(int directory, boolean isTakenOver) throws ErrnoException {
        IntentTable table = new IntentTable(file(directory, isTakenOver));
        if (isTakenOver && table.memory.getLong(0) == MAGIC) {
            table.adopt();
        } else {
            table.clear();
        }
        return table;
    }

    private static SharedFile file(int directory, boolean isTakenOver) throws ErrnoException {
        try {
            return SharedFile.open(directory, FILE, SLOT * (SLOTS + 1));
        } catch (ErrnoException e) {
            throw isTakenOver ? new ErrnoException(Errno.EUCLEAN, FILE + ": " + e.getMessage()) : e;
        }
    }

    static void remove(int directory) throws ErrnoException {
        KeptFile.remove(directory, FILE);
    }

    private void clear() {
        for (int at = 0; at < SLOT * (SLOTS + 1); at += Long.BYTES) {
            memory.putLong(at, 0);
        }
        VarHandle.releaseFence();
        memory.putLong(0, MAGIC);
    }

    private void adopt() {
        for (int slot = 0; slot < SLOTS; slot++) {
            int state = state(slot);
            if (state == STARTED || state == DONE) {
                isFormerRename[slot] = isRename(memory.getInt(at(slot) + OPCODE));
                formerRenames.addAndGet(isFormerRename[slot] ? 1 : 0);
                users.set(slot, FORMER);
            } else {
                STATES.setRelease(memory, at(slot) + STATE, FREE);
            }
        }
    }

    static boolean isRename(int opcode) {
        return opcode == FuseOpcode.RENAME.number() || opcode == FuseOpcode.RENAME2.number();
    }

    /** Whether a former process has begun renames, and perhaps ended, that were not replied to since. */
    boolean hasFormerRenames() {
        return formerRenames.get() > 0;
    }

    /** Whether one of those is in work. */
    boolean repeatsRenames() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (isFormerRename[slot] && users.get(slot) >= ONE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes that a request is about to be performed.
     *
     * @param performer see {@link Performer}
     * @return its slot, {@link #NONE} if all are taken
     */
    int begin(long unique, int opcode, long performer, long startMillis, long first, long second) {
        int slot = take();
        if (slot != NONE) {
            int at = at(slot);
            memory.putInt(at + OPCODE, opcode);
            memory.putLong(at + UNIQUE, unique);
            memory.putLong(at + START, startMillis);
            memory.putLong(at + FIRST, first);
            memory.putLong(at + SECOND, second);
            memory.putLong(at + PERFORMER, performer);
            STATES.setRelease(memory, at + STATE, STARTED);
        }
        return slot;
    }

    private int take() {
        int slot = take(NOBODY);
        // Requests that are not sent again were answered: the process ended between the reply and the next store
        return slot == NONE ? take(FORMER) : slot;
    }

    private int take(int from) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (users.get(slot) == from && users.compareAndSet(slot, from, ONE)) {
                free(slot);
                return slot;
            }
        }
        return NONE;
    }

    /**
     * The slot of a request that is sent again, to be had by the caller as well; {@link #NONE} if there is none.
     *
     * @param unique as it was at first
     * @param own slot that is not meant
     */
    int join(long unique, int opcode, int own) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slot != own && is(slot, unique, opcode) && join(slot)) {
                if (is(slot, unique, opcode)) {
                    return slot;
                }
                end(slot);
            }
        }
        return NONE;
    }

    private boolean is(int slot, long unique, int opcode) {
        int at = at(slot);
        return state(slot) != FREE && memory.getLong(at + UNIQUE) == unique && memory.getInt(at + OPCODE) == opcode;
    }

    private boolean join(int slot) {
        int now = users.get(slot);
        while (now >= ONE || now == FORMER) {
            if (users.compareAndSet(slot, now, now == FORMER ? ONE : now + 1)) {
                return true;
            }
            now = users.get(slot);
        }
        return false;
    }

    /** Notes that somebody else performs it now. */
    void performer(int slot, long performer) {
        if (!isLeft) {
            memory.putLong(at(slot) + PERFORMER, performer);
        }
    }

    /**
     * Notes what came of it.
     *
     * @param result what the reply says, or an error number, negative
     */
    void done(int slot, long result) {
        if (isLeft) {
            return;
        }
        memory.putLong(at(slot) + RESULT, result);
        STATES.setRelease(memory, at(slot) + STATE, DONE);
    }

    /** The caller has no use for the slot any more; it is free if nobody has. */
    void end(int slot) {
        if (isLeft) {
            return;
        }
        int now = users.get(slot);
        while (now > ONE && !users.compareAndSet(slot, now, now - 1)) {
            now = users.get(slot);
        }
        if (now > ONE) {
            return;
        }
        if (users.compareAndSet(slot, ONE, LEAVING)) {
            free(slot);
            users.set(slot, NOBODY);
        } else {
            // Somebody joined between the two
            end(slot);
        }
    }

    /**
     * As {@link #end}, but it will be asked for again: its request is sent again, and the reply that there was did not
     * count.
     */
    void leave(int slot) {
        int now = users.get(slot);
        while (now >= ONE && !users.compareAndSet(slot, now, now == ONE ? FORMER : now - 1)) {
            now = users.get(slot);
        }
    }

    /** By who has it alone. */
    private void free(int slot) {
        STATES.setRelease(memory, at(slot) + STATE, FREE);
        if (isFormerRename[slot]) {
            isFormerRename[slot] = false;
            formerRenames.decrementAndGet();
        }
    }

    /** Leaves the record to another one: what ends here from now on is nothing to it. */
    void detach() {
        isLeft = true;
    }

    // What a slot says

    private int state(int slot) {
        return (int) STATES.getAcquire(memory, at(slot) + STATE);
    }

    boolean isDone(int slot) {
        return state(slot) == DONE;
    }

    /** Whether somebody else has this slot too. */
    boolean isShared(int slot) {
        return users.get(slot) > ONE;
    }

    // What a former process left, and nobody here has yet

    /**
     * Who performed a request when nothing more was noted than that.
     *
     * @param unique as it was at first
     * @return see {@link Performer}; {@link Performer#NOBODY} if its end was noted as well, or nothing
     */
    long formerPerformer(long unique, int opcode) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (isBegunByFormer(slot) && is(slot, unique, opcode)) {
                return memory.getLong(at(slot) + PERFORMER);
            }
        }
        return Performer.NOBODY;
    }

    /** Who performed the renames of which nothing more was noted than that. */
    List<Long> formerRenamers() {
        List<Long> renamers = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (isFormerRename[slot] && isBegunByFormer(slot)) {
                renamers.add(memory.getLong(at(slot) + PERFORMER));
            }
        }
        return renamers;
    }

    private boolean isBegunByFormer(int slot) {
        return users.get(slot) == FORMER && state(slot) == STARTED;
    }

    long startMillis(int slot) {
        return memory.getLong(at(slot) + START);
    }

    long first(int slot) {
        return memory.getLong(at(slot) + FIRST);
    }

    long second(int slot) {
        return memory.getLong(at(slot) + SECOND);
    }

    long result(int slot) {
        return memory.getLong(at(slot) + RESULT);
    }

    /** Slots that somebody has, or may come for. */
    int taken() {
        int taken = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            taken += users.get(slot) == NOBODY ? 0 : 1;
        }
        return taken;
    }

    private static int at(int slot) {
        return (slot + 1) * SLOT;
    }

    @Override
    public void close() {
        file.close();
    }
}
