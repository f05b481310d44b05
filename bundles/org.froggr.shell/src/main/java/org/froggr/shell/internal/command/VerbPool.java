package org.froggr.shell.internal.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Instances of one verb. A {@link Reusable} one waits here for the next call, since to make it and its
 * model costs more than to parse with it; any other is given back after one call. No instance ever
 * serves two calls at once. Thread-safe.
 */
public final class VerbPool implements AutoCloseable {
    /** What more calls at once need is made for them and not kept. */
    static final int MOST_IDLE = 8;

    private final Supplier<Optional<VerbLease>> source;
    private final Deque<VerbLease> idle = new ArrayDeque<>();
    private boolean closed;

    /** @param source makes an instance; empty once the bundle has gone */
    public VerbPool(Supplier<Optional<VerbLease>> source) {
        this.source = source;
    }

    /** An instance for one call; empty once the bundle has gone. */
    public Optional<VerbLease> lease() {
        VerbLease waiting = poll();
        return (waiting == null ? source.get() : Optional.of(waiting)).map(this::lent);
    }

    private synchronized VerbLease poll() {
        return closed ? null : idle.pollFirst();
    }

    private VerbLease lent(VerbLease made) {
        return made.command().isReusable() ? new VerbLease(made.command(), () -> takeBack(made)) : made;
    }

    private void takeBack(VerbLease made) {
        if (!keep(made)) {
            made.close();
        }
    }

    private synchronized boolean keep(VerbLease made) {
        if (closed || idle.size() >= MOST_IDLE) {
            return false;
        }
        idle.addFirst(made);
        return true;
    }

    /** Gives all back that wait; those in use follow when their calls end. */
    @Override
    public void close() {
        List<VerbLease> rest;
        synchronized (this) {
            closed = true;
            rest = new ArrayList<>(idle);
            idle.clear();
        }
        rest.forEach(VerbLease::close);
    }
}
