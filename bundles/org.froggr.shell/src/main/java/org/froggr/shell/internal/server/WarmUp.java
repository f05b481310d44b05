package org.froggr.shell.internal.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.froggr.shell.internal.command.Activity;
import org.froggr.shell.internal.command.VerbCatalogue;
import org.froggr.shell.internal.command.VerbLease;
import org.froggr.spi.transport.ExchangeHandler;

/**
 * Lists the sessions again and again, for nobody: the JVM interprets what it has not often run, and the
 * first to ask would wait for that. Changes nothing and leaves no trace. Steps aside for every real call.
 */
final class WarmUp implements Runnable {
    /** HotSpot's first compiler takes a method after 200 calls, or fewer with loops (Tier3InvocationThreshold). */
    private static final int ROUNDS = 100;

    /** With very many sessions a list takes long; then so much must do. */
    private static final Duration MOST = Duration.ofMillis(500);

    /** So long it waits for the first real call, which is mostly the one that started the platform. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ExchangeHandler handler;
    private final VerbCatalogue catalogue;
    private final Activity activity;
    private final BooleanSupplier wanted;
    private final LongSupplier nanoTime;

    /** @param wanted whether to go on */
    WarmUp(
            ExchangeHandler handler,
            VerbCatalogue catalogue,
            Activity activity,
            BooleanSupplier wanted,
            LongSupplier nanoTime) {
        this.handler = handler;
        this.catalogue = catalogue;
        this.activity = activity;
        this.wanted = wanted;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        awaitFirst();
        long worked = 0;
        for (int round = 0; round < ROUNDS && worked < MOST.toNanos() && stepAside(); round++) {
            long began = nanoTime.getAsLong();
            handler.handle(new Rehearsal(List.of("session", "-l")));
            handler.handle(new Rehearsal(List.of("session", "-l", "--json")));
            worked += nanoTime.getAsLong() - began;
        }
        if (stepAside()) {
            // Their models are then there.
            catalogue.list().forEach(offer -> offer.source().get().ifPresent(VerbLease::close));
        }
    }

    private void awaitFirst() {
        long began = nanoTime.getAsLong();
        while (!activity.isUsed() && nanoTime.getAsLong() - began < COURTESY.toNanos() && wanted.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits for the end of what others ask; whether to go on then. */
    private boolean stepAside() {
        while (wanted.getAsBoolean() && activity.inFlight() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return wanted.getAsBoolean();
    }
}
