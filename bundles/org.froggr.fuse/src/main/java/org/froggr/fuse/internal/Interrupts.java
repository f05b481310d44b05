package org.froggr.fuse.internal;

/** Finds the thread that performs a request, to tell it that the program was interrupted. Any thread. */
final class Interrupts {
    /**
     * How often the kernel is asked to send an interrupt again because its request is not known. A thread
     * that has read the request takes microseconds to say so; one that is in no process would be asked for
     * without end.
     */
    private static final int MOST_REPEATS = 1000;

    private final Crew crew;
    private long lastUnknown;
    private int repeats;

    Interrupts(Crew crew) {
        this.crew = crew;
    }

    /** Interrupts a request, also the one that it repeats; returns whether it is being performed. */
    boolean interrupt(long unique) {
        boolean found = crew.interrupt(unique);
        return unique < 0 ? crew.interrupt(unique & Long.MAX_VALUE) | found : found;
    }

    synchronized boolean mayAskAgain(long unique) {
        repeats = unique == lastUnknown ? repeats + 1 : 0;
        lastUnknown = unique;
        return repeats < MOST_REPEATS;
    }
}
