package org.froggr.fuse.internal;

import java.util.function.IntUnaryOperator;

/** Places of nodes by the hash of their names: an open-addressing table, 6 to 12 bytes a name. */
final class NameIndex {
    private static final int LEAST_SLOTS = 64;

    private final IntUnaryOperator hashOf;

    /** Places plus one; 0 is empty. At most two thirds are used. */
    private int[] slots = new int[LEAST_SLOTS];

    private int count;

    /** @param hashOf the hash of the name of a place that is in the table */
    NameIndex(IntUnaryOperator hashOf) {
        this.hashOf = hashOf;
    }

    /** The first slot for that hash, whose lowest bit says nothing; see {@link #place} and {@link #next}. */
    int first(int hash) {
        return hash >>> 1 & slots.length - 1;
    }

    int next(int slot) {
        return slot + 1 & slots.length - 1;
    }

    /** What is in that slot; -1 if nothing, where a search ends. */
    int place(int slot) {
        return slots[slot] - 1;
    }

    void insert(int hash, int place) {
        if (++count * 3L >= slots.length * 2L) {
            grow();
        }
        put(hash, place + 1);
    }

    private void put(int hash, int value) {
        int slot = first(hash);
        while (slots[slot] != 0) {
            slot = next(slot);
        }
        slots[slot] = value;
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        for (int value : before) {
            if (value != 0) {
                put(hashOf.applyAsInt(value - 1), value);
            }
        }
    }

    /** Takes out a place, whose name is still what it was, and moves up what was displaced by it. */
    void remove(int place) {
        int mask = slots.length - 1;
        int hole = first(hashOf.applyAsInt(place));
        while (slots[hole] != place + 1) {
            hole = next(hole);
        }
        int slot = hole;
        while (true) {
            slot = next(slot);
            if (slots[slot] == 0) {
                break;
            }
            int home = first(hashOf.applyAsInt(slots[slot] - 1));
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
        count--;
    }
}
