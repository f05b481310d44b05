package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that do not end, and do not even hear that they should: who asked for them gets an answer. */
class DeadlineTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long LIMIT_NANOS = LIMIT.toNanos();

    private final BlockingTree tree = new BlockingTree();
    private final List<Process> children = new ArrayList<>();
    private FuseServer server;
    private RealMount mount;

    @BeforeEach
    void begin() {
        tree.stubborn = true;
        server = new FuseServer((message, cause) -> {});
    }

    private void mount(Duration limit) throws Exception {
        mount = RealMount.of(tree, false, server, limit);
    }

    @AfterEach
    void unmount() throws Exception {
        tree.gate.countDown();
        if (mount != null) {
            mount.close();
        }
        for (Process child : children) {
            child.destroyForcibly();
            assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        }
        HangTest.await("all files are closed", () -> tree.open.get() == 0);
        HangTest.await("all threads come back", () -> tree.reading.get() == 0);
    }

    private Process start(String... command) throws Exception {
        Process child = mount.start(command);
        children.add(child);
        return child;
    }

    private static long millisSince(long beginNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }

    private static void fails(RealMount.Ended ended) {
        assertEquals(1, ended.status(), ended::output);
        assertTrue(ended.output().contains("Input/output error"), ended.output());
    }

    @Test
    void whoAsksForWhatDoesNotEndGetsAnError() throws Exception {
        mount(LIMIT);
        long begin = System.nanoTime();
        fails(mount.run("cat", "stuck"));
        long millis = millisSince(begin);
        assertTrue(millis >= 1000 && millis < 3000, millis + " ms");
        assertEquals("", mount.sh("cat quick"));
        assertEquals(1, tree.reading.get(), "it hangs still");
    }

    @Test
    void whatComesTooLateIsTakenBack() throws Exception {
        mount(LIMIT);
        fails(mount.run("cat", "opening"));
        assertEquals(0, mount.service.usage().handles());
        tree.gate.countDown();
        HangTest.await("the thread comes back", () -> tree.reading.get() == 0);
        assertEquals("", mount.sh("cat quick"));
        HangTest.await("it is closed", () -> tree.open.get() == 0 && mount.service.usage().handles() == 0);
    }

    @Test
    void anInterruptThatTheTreeIgnoresIsObeyedWithinASecond() throws Exception {
        mount(Duration.ZERO);
        Process child = start("cat", "stuck");
        HangTest.await("it hangs", () -> tree.reading.get() == 1);
        long begin = System.nanoTime();
        child.destroy();
        assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the program ended");
        long millis = millisSince(begin);
        System.out.println("interrupted against the tree's will: " + millis + " ms");
        assertTrue(millis < 1000, millis + " ms");
        assertEquals(1, tree.reading.get(), "it hangs still");
        assertEquals("", mount.sh("cat quick"));
    }

    @Test
    void aTreeThatHangsForeverFailsAtOnceInTheEnd() throws Exception {
        mount(LIMIT);
        int many = Dispatcher.MOST_OVERDUE + 6;
        for (int i = 0; i < many; i++) {
            start("cat", "stuck" + i);
        }
        for (Process child : children) {
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            assertEquals(1, child.exitValue());
        }
        int hanging = tree.reading.get();
        assertTrue(hanging >= Dispatcher.MOST_OVERDUE, hanging + " hang");
        long begin = System.nanoTime();
        assertNotEquals(0, mount.run("cat", "new").status(), "not even its root is asked for");
        long millis = millisSince(begin);
        assertTrue(millis < 1000, millis + " ms");
        assertEquals(hanging, tree.reading.get(), "the tree was not asked");
        tree.gate.countDown();
        HangTest.await("all come back", () -> tree.reading.get() == 0);
        HangTest.await("it is served again", () -> isServed());
    }

    private boolean isServed() {
        try {
            return mount.tryShell("cat quick").status() == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitingForALockIsNoOperation() throws Exception {
        mount(LIMIT);
        Process holder = start("sh", "-c", "exec 3<f; flock 3; echo; sleep 3");
        assertEquals('\n', holder.getInputStream().read());
        Process waiter = start("sh", "-c", "exec 3<f; flock 3");
        assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
        assertTrue(waiter.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, holder.exitValue());
        assertEquals(0, waiter.exitValue());
    }

    // The watch alone

    @Test
    void timeCountsFromTheFirstLook() {
        Deadline deadline = new Deadline();
        assertEquals(0, deadline.look(1, false, 0, LIMIT_NANOS));
        assertEquals(0, deadline.look(1, false, LIMIT_NANOS, LIMIT_NANOS));
        assertEquals(Errno.EIO.number(), deadline.look(1, false, LIMIT_NANOS + 1, LIMIT_NANOS));
        assertEquals(0, deadline.look(2, false, LIMIT_NANOS + 1, LIMIT_NANOS), "another request");
        assertEquals(0, deadline.look(2, false, Long.MAX_VALUE, 0), "no limit");
    }

    @Test
    void anInterruptedOperationHasTimeToEnd() {
        Deadline deadline = new Deadline();
        assertEquals(0, deadline.look(1, false, 0, 0));
        assertEquals(0, deadline.look(1, true, 10, 0));
        assertEquals(0, deadline.look(1, true, 10 + Deadline.GRACE_NANOS, 0));
        assertEquals(Errno.EINTR.number(), deadline.look(1, true, 11 + Deadline.GRACE_NANOS, 0));
        assertEquals(0, deadline.look(2, true, 11 + Deadline.GRACE_NANOS, 0), "another request");
    }
}
