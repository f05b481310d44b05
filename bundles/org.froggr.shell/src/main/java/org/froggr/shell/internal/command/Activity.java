package org.froggr.shell.internal.command;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When commands were last at work. */
public final class Activity {
    private final LongSupplier nanoTime;
    private int inFlight;
    private boolean used;
    private long last;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    public Activity(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    synchronized void begin() {
        inFlight++;
    }

    synchronized void end() {
        inFlight--;
        used = true;
        touch();
    }

    /** Counts this moment as active. */
    public synchronized void touch() {
        last = nanoTime.getAsLong();
    }

    /** How long nothing has been asked for; zero during a call. */
    public synchronized Duration idle() {
        return inFlight > 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - last);
    }

    /** Whether a call has ended. */
    public synchronized boolean isUsed() {
        return used;
    }

    /** How many calls are at work. */
    public synchronized int inFlight() {
        return inFlight;
    }
}
