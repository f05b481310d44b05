package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.froggr.api.ErrnoException;

/**
 * Names with their directories, and persistent handles, in a file: blocks of 16-byte units, each referred to by the
 * number of its first one. A block is written before anything refers to it and not changed as long as
 * something does, so what is found is whole.
 *
 * <p>Room that became free is used again for blocks of its size or smaller ones; it is joined when a successor
 * loads the file. Not safe for several threads.
 */
final class KeptNames implements AutoCloseable {
    /** In place of a reference: nothing. */
    static final long NONE = 0;

    private static final String FILE = "fuse-names";
    private static final int KIND = 2;
    private static final int FIRST_BYTES = 1 << 14;
    private static final int UNIT = 16;

    // A block
    private static final int DIRECTORY = 0;
    private static final int HASH = 8;
    private static final int LENGTH = 12;
    private static final int OWNER = 14;
    private static final int BYTES = 16;

    /** More than a name or a handle has. */
    private static final int MOST_BYTES = 255;

    private static final int LEAST_UNITS = 2;
    private static final int MOST_UNITS = units(MOST_BYTES);

    private final KeptFile file;

    /** First free block by its units, 0 for none; the first word of each is the next one. */
    private final int[] free = new int[MOST_UNITS + 1];

    private int end = KeptFile.HEADER / UNIT;

    private KeptNames(KeptFile file) {
        this.file = file;
    }

    static KeptNames create(int directory) throws ErrnoException {
        return new KeptNames(KeptFile.create(directory, FILE, KIND, FIRST_BYTES));
    }

    /** What another process left; nothing may be written before {@link #loaded}. */
    static KeptNames open(int directory) throws ErrnoException {
        return new KeptNames(KeptFile.open(directory, FILE, KIND));
    }

    static void remove(int directory) throws ErrnoException {
        KeptFile.remove(directory, FILE);
    }

    static int hash(long directory, ByteBuffer memory, int at, int length) {
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = hash * 31 + memory.get(i);
        }
        return (int) KeptState.mix(directory * 31 + hash) | 1;
    }

    /**
     * Writes a name; returns what refers to it.
     *
     * @param owner 16 bits that {@link #isSound} is told again
     */
    long write(int owner, long directory, MemoryName name, int hash) throws ErrnoException {
        int block = take(units(name.length()));
        int at = block * UNIT;
        ByteBuffer memory = file.memory();
        name.copyTo(memory, at + BYTES);
        return finish(memory, at, owner, directory, hash, name.length());
    }

    /** Writes a persistent handle. */
    long write(int owner, byte[] handle) throws ErrnoException {
        int block = take(units(handle.length));
        int at = block * UNIT;
        ByteBuffer memory = file.memory();
        memory.put(at + BYTES, handle);
        return finish(memory, at, owner, 0, hash(0, memory, at + BYTES, handle.length), handle.length);
    }

    private static long finish(ByteBuffer memory, int at, int owner, long directory, int hash, int length) {
        memory.putLong(at + DIRECTORY, directory);
        memory.putInt(at + HASH, hash);
        memory.putShort(at + LENGTH, (short) length);
        memory.putShort(at + OWNER, (short) owner);
        return at / UNIT;
    }

    /** Nothing refers to it any more. */
    void free(long reference) {
        int at = (int) reference * UNIT;
        free((int) reference, units(length(at)));
    }

    private void free(int block, int units) {
        file.memory().putInt(block * UNIT, free[units]);
        free[units] = block;
    }

    boolean is(long reference, long directory, MemoryName name) {
        int at = (int) reference * UNIT;
        ByteBuffer memory = file.memory();
        return reference != NONE
                && memory.getLong(at + DIRECTORY) == directory
                && memory.getShort(at + LENGTH) == name.length()
                && name.is(memory, at + BYTES);
    }

    private int length(int at) {
        return file.memory().getShort(at + LENGTH);
    }

    long directory(long reference) {
        return file.memory().getLong((int) reference * UNIT + DIRECTORY);
    }

    int hash(long reference) {
        return file.memory().getInt((int) reference * UNIT + HASH);
    }

    byte[] bytes(long reference) {
        int at = (int) reference * UNIT;
        byte[] bytes = new byte[length(at)];
        file.memory().get(at + BYTES, bytes);
        return bytes;
    }

    /** Whether two names are the same one in the same directory. */
    boolean areSame(long one, long other) {
        return hash(one) == hash(other)
                && directory(one) == directory(other)
                && Arrays.equals(bytes(one), bytes(other));
    }

    // What another process left

    /** Whether that refers to a block as this class writes them for that owner. */
    boolean isSound(int owner, long reference) {
        if (reference < KeptFile.HEADER / UNIT || reference >= file.size() / UNIT) {
            return false;
        }
        int at = (int) reference * UNIT;
        int length = length(at);
        return (file.memory().getShort(at + OWNER) & 0xffff) == owner
                && length > 0
                && length <= MOST_BYTES
                && at + units(length) * (long) UNIT <= file.size()
                && hash(reference) == hash(directory(reference), file.memory(), at + BYTES, length);
    }

    /** Notes that a sound block is in use; false if its room, or a part, is another one's. */
    boolean mark(BitSet used, long reference) {
        int units = units(length((int) reference * UNIT));
        int next = used.nextSetBit((int) reference);
        if (next >= 0 && next < reference + units) {
            return false;
        }
        used.set((int) reference, (int) reference + units);
        return true;
    }

    /** All blocks in use are known: the rest is free. */
    void loaded(BitSet used) {
        int from = end;
        end = Math.max(end, used.length());
        while (from < end) {
            int hole = used.nextClearBit(from);
            int next = Math.max(hole, used.nextSetBit(hole));
            while (hole < end && next - hole >= LEAST_UNITS) {
                // What is left over may not be too small for any block
                int units = next - hole <= MOST_UNITS ? next - hole : MOST_UNITS - LEAST_UNITS;
                free(hole, units);
                hole += units;
            }
            from = next > from ? next : end;
        }
    }

    private static int units(int bytes) {
        return Math.max(LEAST_UNITS, (BYTES + bytes + UNIT - 1) / UNIT);
    }

    private int take(int units) throws ErrnoException {
        if (free[units] != 0) {
            return pop(units);
        }
        for (int larger = units + LEAST_UNITS; larger <= MOST_UNITS; larger++) {
            if (free[larger] != 0) {
                int block = pop(larger);
                free(block + units, larger - units);
                return block;
            }
        }
        file.reach((long) (end + units) * UNIT);
        int block = end;
        end += units;
        return block;
    }

    private int pop(int units) {
        int block = free[units];
        free[units] = file.memory().getInt(block * UNIT);
        return block;
    }

    @Override
    public void close() {
        file.close();
    }
}
