package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServicesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Services<Object> services = new Services<>("key", LONG);

    @Test
    void theHighestRankedOneIsUsed() {
        Object low = new Object();
        Object high = new Object();
        services.add(low, Map.of("key", "a"));
        services.add(high, Map.of("key", new String[] {"a", "b"}, "service.ranking", 7));
        assertSame(high, services.lease("a").orElseThrow().service());
        assertEquals(List.of("a", "b"), services.keys());
    }

    @Test
    void whatWasNeverThereIsNotWaitedFor() {
        long start = System.nanoTime();
        assertTrue(services.lease("a").isEmpty());
        assertTrue(System.nanoTime() - start < LONG.toNanos() / 2);
    }

    @Test
    void whatHasJustGoneIsWaitedFor() throws Exception {
        Object first = new Object();
        Object second = new Object();
        services.add(first, Map.of("key", "a"));
        services.remove(first);
        CompletableFuture<Object> waiting =
                CompletableFuture.supplyAsync(() -> services.lease("a").orElseThrow().service());
        services.add(second, Map.of("key", "a"));
        assertSame(second, waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    void removalWaitsForTheCallsInFlight() throws Exception {
        Object service = new Object();
        services.add(service, Map.of("key", "a"));
        Optional<Services<Object>.Lease> lease = services.lease("a");
        CountDownLatch removing = new CountDownLatch(1);
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> {
            removing.countDown();
            services.remove(service);
        });
        assertTrue(removing.await(10, TimeUnit.SECONDS));
        assertFalse(removal.isDone());
        lease.orElseThrow().close();
        removal.get(10, TimeUnit.SECONDS);
    }
}
