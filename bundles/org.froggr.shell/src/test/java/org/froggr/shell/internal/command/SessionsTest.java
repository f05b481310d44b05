package org.froggr.shell.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.testing.FakeManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void aCallWaitsForTheNextManager() throws Exception {
        Sessions sessions = new Sessions(Duration.ofSeconds(30));
        Future<Integer> call = pool.submit(() -> sessions.call(manager -> manager.list().size()));
        sessions.bindManager(new FakeManager());
        assertEquals(3, call.get());
    }

    @Test
    void patienceEnds() {
        Sessions sessions = new Sessions(Duration.ofMillis(10));
        FroggrException e = assertThrows(FroggrException.class, () -> sessions.call(manager -> 1));
        assertEquals(Fault.UNAVAILABLE, e.fault());
    }

    @Test
    void aManagerLeavesWhenNoCallUsesIt() throws Exception {
        Sessions sessions = new Sessions(Duration.ofSeconds(30));
        FakeManager old = new FakeManager();
        sessions.bindManager(old);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<String> call = pool.submit(() -> sessions.call(manager -> {
            inside.countDown();
            leave.await();
            return "done";
        }));
        inside.await();
        CountDownLatch unbinding = new CountDownLatch(1);
        Future<?> unbind = pool.submit(() -> {
            unbinding.countDown();
            sessions.unbindManager(old);
        });
        unbinding.await();
        assertFalse(unbind.isDone());
        leave.countDown();
        assertEquals("done", call.get());
        unbind.get();
        assertFalse(sessions.isPresent());
    }

    @Test
    void aNewerManagerIsNotTakenAwayWithTheOldOne() {
        Sessions sessions = new Sessions(Duration.ofSeconds(30));
        FakeManager old = new FakeManager();
        sessions.bindManager(old);
        sessions.bindManager(new FakeManager());
        sessions.unbindManager(old);
        assertEquals(true, sessions.isPresent());
    }
}
