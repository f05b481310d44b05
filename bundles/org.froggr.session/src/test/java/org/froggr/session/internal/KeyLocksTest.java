package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyLocksTest {
    private final KeyLocks locks = new KeyLocks();
    private int unguarded;

    @Test
    void oneAtATimeForOneKey() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.runAsync(this::countToThousand));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertEquals(8000, unguarded);
    }

    private void countToThousand() {
        for (int i = 0; i < 1000; i++) {
            hold("key", () -> unguarded++);
        }
    }

    @Test
    void anotherKeyDoesNotWait() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> hold("a", () -> {
            inside.countDown();
            await(release);
        }));
        await(inside);
        hold("b", release::countDown);
        first.get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertEquals(true, latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void hold(Object key, Runnable action) {
        try {
            locks.holding(key, () -> {
                action.run();
                return null;
            });
        } catch (FroggrException e) {
            throw new AssertionError(e);
        }
    }
}
