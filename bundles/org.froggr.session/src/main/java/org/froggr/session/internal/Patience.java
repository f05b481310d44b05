package org.froggr.session.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.froggr.session.internal.process.Holder;
import org.froggr.session.internal.process.Holders;

/**
 * How long a mount that is in use is tried to be unmounted again. The platform uses mounts itself, for
 * moments: requests look up sources and targets, a search for holders opens what others have open, and a
 * child that was started has copies of all descriptors until it executes its program.
 *
 * <p>Steps: (1) A few tries without looking who it is: that takes far longer than most of these moments.
 * (2) Then whoever else is seen ends the patience at once. (3) The platform's own use is waited for long, since
 * it ends by itself, and one that nobody is seen to have for a while. Invariant: each look is followed by
 * another try, so that nothing is called busy for what was over when it was looked for.
 */
final class Patience {
    /** Tries between two looks, and before the first. */
    private static final int BLIND_TRIES = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    private static final Duration FOR_NOBODY = Duration.ofSeconds(1);
    private static final Duration FOR_OURSELVES = Duration.ofSeconds(5);

    private final Supplier<List<Holder>> look;
    private final Predicate<Holder> isOurs;
    private final LongConsumer pause;
    private List<Holder> seen = List.of();
    private long nextPauseNanos = FIRST_PAUSE.toNanos();
    private long pausedNanos;
    private int tries;

    /** @param look who uses the mount */
    Patience(Supplier<List<Holder>> look) {
        this(look, Holders::isOwnOrGone, LockSupport::parkNanos);
    }

    /**
     * @param isOurs whether a holder is the platform itself
     * @param pause waits so many nanoseconds
     */
    Patience(Supplier<List<Holder>> look, Predicate<Holder> isOurs, LongConsumer pause) {
        this.look = look;
        this.isOurs = isOurs;
        this.pause = pause;
    }

    /**
     * Waits a moment after a try that failed.
     *
     * @return whether to try again
     */
    boolean lasts() {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        tries++;
        if (isLastTry()) {
            return false;
        }
        if (tries % BLIND_TRIES == 0) {
            seen = look.get();
        }
        pause.accept(nextPauseNanos);
        pausedNanos += nextPauseNanos;
        nextPauseNanos = Math.min(2 * nextPauseNanos, LONGEST_PAUSE.toNanos());
        return true;
    }

    private boolean isLastTry() {
        if (seen.isEmpty()) {
            return pausedNanos >= FOR_NOBODY.toNanos();
        }
        return !seen.stream().allMatch(isOurs) || pausedNanos >= FOR_OURSELVES.toNanos();
    }

    /** Who was seen when it was last looked; empty before. */
    List<Holder> seen() {
        return seen;
    }
}
