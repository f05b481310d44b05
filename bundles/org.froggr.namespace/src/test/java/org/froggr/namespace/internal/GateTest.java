package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    private CompletableFuture<Errno> enterElsewhere() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                gate.enter(Gate.stripe());
                gate.exit(Gate.stripe());
                return null;
            } catch (ErrnoException e) {
                return Errno.of(e.number()).orElseThrow();
            }
        });
    }

    @Test
    void whoIsInsideIsWaitedFor() throws Exception {
        int stripe = Gate.stripe();
        gate.enter(stripe);
        gate.close();
        assertFalse(gate.drain(Duration.ofMillis(10)));
        gate.exit(stripe);
        assertTrue(gate.drain(Duration.ofMillis(10)));
    }

    @Test
    void whoComesWaitsUntilItIsOpen() throws Exception {
        gate.close();
        assertFalse(gate.tryEnter(Gate.stripe()));
        CompletableFuture<Errno> waiting = enterElsewhere();
        assertTrue(gate.drain(Duration.ofSeconds(5)));
        assertFalse(waiting.isDone());
        gate.open();
        assertEquals(null, waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    void itIsOpenWhenNeitherHeldNorClosed() throws Exception {
        gate.hold();
        gate.close();
        gate.open();
        assertFalse(gate.tryEnter(Gate.stripe()));
        gate.close();
        gate.release();
        assertFalse(gate.tryEnter(Gate.stripe()));
        gate.open();
        assertTrue(gate.tryEnter(Gate.stripe()));
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        gate.close();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Thread[] waiter = new Thread[1];
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Future<Integer> error = thread.submit(() -> {
                waiter[0] = Thread.currentThread();
                begun.complete(null);
                try {
                    gate.enter(Gate.stripe());
                    return 0;
                } catch (ErrnoException e) {
                    return e.number();
                }
            });
            begun.get(10, TimeUnit.SECONDS);
            waiter[0].interrupt();
            assertEquals(Errno.EINTR.number(), error.get(10, TimeUnit.SECONDS));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void nobodyIsInsideWhileItIsClosedAndEmpty() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads.submit(() -> {
                    int stripe = Gate.stripe();
                    for (int n = 0; n < 50_000; n++) {
                        gate.enter(stripe);
                        inside.incrementAndGet();
                        inside.decrementAndGet();
                        gate.exit(stripe);
                    }
                    return null;
                }));
            }
            for (int n = 0; n < 500; n++) {
                gate.close();
                assertTrue(gate.drain(Duration.ofSeconds(10)));
                seen.addAndGet(inside.get());
                gate.open();
            }
            for (Future<?> user : users) {
                user.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, seen.get());
    }
}
