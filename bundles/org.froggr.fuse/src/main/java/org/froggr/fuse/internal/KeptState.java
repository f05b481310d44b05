package org.froggr.fuse.internal;

/**
 * The first word of a record that stands at a place of a table: how often the place was used before, whether it
 * is used now, and bits that follow from the rest, so that neither zeros nor anything else passes for a record.
 */
final class KeptState {
    private static final long VALID = 1;

    private KeptState() {}

    static long of(int place, int generation, boolean used) {
        return (long) generation << 32 | check(place, generation) << 1 | (used ? VALID : 0);
    }

    static int generation(long state) {
        return (int) (state >>> 32);
    }

    static boolean isUsed(long state) {
        return (state & VALID) != 0;
    }

    /** Whether that word was stored for that place. */
    static boolean isSound(long state, int place) {
        int generation = generation(state);
        return generation >= 0 && (state & ~VALID) == of(place, generation, false);
    }

    private static long check(int place, int generation) {
        return mix(place * 0x9e3779b97f4a7c15L + generation + 1) & Integer.MAX_VALUE;
    }

    /** Spreads the bits of a number over all (the finalizer of SplitMix64). */
    static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
