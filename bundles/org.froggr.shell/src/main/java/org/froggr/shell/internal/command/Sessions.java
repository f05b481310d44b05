package org.froggr.shell.internal.command;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionManager;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The session manager of the moment. While it is being replaced, new calls wait for the next one and
 * the old one waits for the calls that it is in; neither waits longer than {@link #PATIENCE}.
 */
@Component(service = Sessions.class)
public final class Sessions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long patienceNanos;
    private Held current;

    /** A manager and the calls it is in. */
    private static final class Held {
        private final SessionManager manager;
        private int calls;

        Held(SessionManager manager) {
            this.manager = manager;
        }
    }

    /** What a verb does with the manager. */
    @FunctionalInterface
    public interface Use<T> {
        T of(SessionManager manager) throws FroggrException, InterruptedException;
    }

    public Sessions() {
        this(PATIENCE);
    }

    /** With another patience, for tests. */
    public Sessions(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void bindManager(SessionManager manager) {
        current = new Held(manager);
        notifyAll();
    }

    /** Returns when no call uses {@code manager} any more, or patience is at an end. */
    public synchronized void unbindManager(SessionManager manager) {
        Held leaving = current;
        if (leaving == null || leaving.manager != manager) {
            return;
        }
        current = null;
        try {
            await(() -> leaving.calls == 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is a manager now. */
    public synchronized boolean isPresent() {
        return current != null;
    }

    /**
     * Lends the manager for one use.
     *
     * @throws FroggrException UNAVAILABLE if none appears in time, or what {@code use} throws
     */
    public <T> T call(Use<T> use) throws FroggrException, InterruptedException {
        Held held = take();
        try {
            return use.of(held.manager);
        } finally {
            giveBack(held);
        }
    }

    private synchronized Held take() throws FroggrException, InterruptedException {
        if (!await(() -> current != null)) {
            throw FroggrException.of(Fault.UNAVAILABLE, "no session manager is running in the platform")
                    .hint("frg gogo lb, which shows whether org.froggr.session is active; frg platform stop");
        }
        current.calls++;
        return current;
    }

    private synchronized void giveBack(Held held) {
        held.calls--;
        notifyAll();
    }

    private synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
