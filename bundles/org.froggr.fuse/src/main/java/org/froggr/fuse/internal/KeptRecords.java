package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;

/**
 * Records of one size in a {@link KeptFile}, at the places of a table: first a {@link KeptState}, then what is constant
 * for the record's life, then a check of that. The caller sees to it that one thread at a time is here.
 */
final class KeptRecords implements AutoCloseable {
    /** Gets the records that another process left. */
    interface Loading {
        /** @param at where the record begins in {@link #memory} */
        void used(int place, int generation, int at);

        /** A place that was used before and is free. */
        void free(int place, int generation);
    }

    /** In the header: places that were ever used. */
    private static final int USED = 8;

    private final KeptFile file;
    private final String name;
    private final int bytes;
    private final int check;

    /**
     * @param bytes of a record
     * @param check where the check is in it: behind all else, at a multiple of eight
     */
    KeptRecords(KeptFile file, String name, int bytes, int check) {
        this.file = file;
        this.name = name;
        this.bytes = bytes;
        this.check = check;
    }

    /** Where the record of a place begins, for what it is to be to be written; the file has it afterwards. */
    int prepare(int place) throws ErrnoException {
        file.reach(KeptFile.HEADER + (place + 1L) * bytes);
        return at(place);
    }

    private int at(int place) {
        return KeptFile.HEADER + place * bytes;
    }

    ByteBuffer memory() {
        return file.memory();
    }

    /** What was written counts from now on. */
    void use(int place, int generation) {
        int at = at(place);
        file.memory().putLong(at + check, sum(at));
        file.store(at, KeptState.of(place, generation, true));
        if (place >= file.load(USED)) {
            file.store(USED, place + 1L);
        }
    }

    private long sum(int at) {
        long sum = 1;
        for (int i = at + Long.BYTES; i < at + check; i += Long.BYTES) {
            sum = KeptState.mix(sum * 31 + file.memory().getLong(i));
        }
        return sum;
    }

    /** A place is free from now on, and has that generation when it is used again. */
    void free(int place, int generation) {
        file.store(at(place), KeptState.of(place, generation, false));
    }

    /**
     * Tells of all places, in order.
     *
     * @return how many were ever used
     * @throws ErrnoException EUCLEAN if there is something else
     */
    int load(Loading loading) throws ErrnoException {
        long used = file.load(USED);
        if (used < 0 || used > (file.size() - KeptFile.HEADER) / bytes) {
            throw KeptFile.unusable(name + " was cut off");
        }
        for (int place = 0; place < used; place++) {
            int at = at(place);
            long state = file.load(at);
            boolean isUsed = KeptState.isUsed(state);
            if (!KeptState.isSound(state, place) || isUsed && file.memory().getLong(at + check) != sum(at)) {
                throw KeptFile.unusable(name + " has something else at " + place);
            }
            if (isUsed) {
                loading.used(place, KeptState.generation(state), at);
            } else {
                loading.free(place, KeptState.generation(state));
            }
        }
        return (int) used;
    }

    @Override
    public void close() {
        file.close();
    }
}
