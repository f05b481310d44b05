package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes few calls of many: the first at once, then at most one an interval, and one after the last
 * request. Calls that take long come less often. They are made by the loop that asks {@link #end}.
 */
final class Debounce implements EpollLoop.Pause {
    /** A call is followed by so many times what it took without one. */
    private static final int REST = 9;

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Map<Long, Action> actions = new HashMap<>();

    Debounce(Duration interval) {
        this(interval, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Debounce(Duration interval, LongSupplier nanoTime) {
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    private static final class Action {
        final Runnable run;
        boolean wanted;
        long notBefore;

        Action(Runnable run, long notBefore) {
            this.run = run;
            this.notBefore = notBefore;
        }
    }

    /** The request for {@code action}. */
    synchronized Runnable of(long key, Runnable action) {
        Action added = new Action(action, nanoTime.getAsLong());
        actions.put(key, added);
        return () -> want(added);
    }

    private synchronized void want(Action action) {
        action.wanted = true;
    }

    synchronized void forget(long key) {
        actions.remove(key);
    }

    @Override
    public synchronized int millis() {
        long now = nanoTime.getAsLong();
        return (int) actions.values().stream()
                .filter(a -> a.wanted)
                .mapToLong(a -> TimeUnit.NANOSECONDS.toMillis(Math.max(0, a.notBefore - now) + 999_999))
                .min()
                .orElse(-1);
    }

    @Override
    public void end() {
        for (Action action : due()) {
            long start = nanoTime.getAsLong();
            action.run.run();
            rest(action, nanoTime.getAsLong() - start);
        }
    }

    private synchronized void rest(Action action, long took) {
        long rested = nanoTime.getAsLong() + REST * took;
        action.notBefore = rested - action.notBefore > 0 ? rested : action.notBefore;
    }

    private synchronized List<Action> due() {
        long now = nanoTime.getAsLong();
        List<Action> due = new ArrayList<>();
        for (Action action : actions.values()) {
            if (action.wanted && action.notBefore - now <= 0) {
                action.wanted = false;
                action.notBefore = now + intervalNanos;
                due.add(action);
            }
        }
        return due;
    }
}
