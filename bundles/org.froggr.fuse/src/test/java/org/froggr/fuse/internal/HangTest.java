package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that do not end: they hold up no others, can be interrupted, and do not keep a mount alive. */
class HangTest {
    private static final int HANGING = 40;

    private final BlockingTree tree = new BlockingTree();
    private final List<Process> children = new ArrayList<>();
    private FuseServer server;
    private RealMount mount;

    @BeforeEach
    void mount() throws Exception {
        server = new FuseServer(RealMount::complain);
        mount = RealMount.of(tree, false, server);
    }

    @AfterEach
    void unmount() throws Exception {
        tree.gate.countDown();
        mount.close();
        for (Process child : children) {
            child.destroyForcibly();
            assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        }
        await("all files are closed", () -> tree.open.get() == 0);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            Thread.onSpinWait();
        }
    }

    private Process hang(String name) throws Exception {
        Process child = mount.start("cat", name);
        children.add(child);
        return child;
    }

    @Test
    void othersAreServedMeanwhile() throws Exception {
        for (int i = 0; i < HANGING; i++) {
            hang("slow" + i);
        }
        await("all hang", () -> tree.reading.get() == HANGING);
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            mount.sh("cat quick");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.println("ten times cat beside " + HANGING + " that hang: " + millis + " ms");
        assertTrue(millis < 10_000, millis + " ms");
        assertEquals(HANGING, tree.reading.get());
        tree.gate.countDown();
        for (Process child : children) {
            assertTrue(child.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, child.exitValue());
        }
    }

    @Test
    void anotherMountIsServedMeanwhile() throws Exception {
        BlockingTree other = new BlockingTree();
        try (RealMount second = RealMount.of(other, false)) {
            for (int i = 0; i < HANGING; i++) {
                hang("slow" + i);
            }
            await("all hang", () -> tree.reading.get() == HANGING);
            assertEquals("", second.sh("cat quick"));
        }
    }

    @Test
    void interruptsReachTheOperation() throws Exception {
        // Reads are made in the background, where the kernel interrupts none
        Process child = hang("stuck");
        await("it hangs", () -> tree.reading.get() == 1);
        child.destroy();
        assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the program ended");
        await("the operation heard of it", () -> tree.interrupted.get() == 1);
        assertEquals("", mount.sh("cat quick"));
    }

    @Test
    void closingWaitsALittleAndNoMore() throws Exception {
        tree.stubborn = true;
        hang("slow");
        await("it hangs", () -> tree.reading.get() == 1);
        long begin = System.nanoTime();
        mount.service.close();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis >= 2900 && millis < 6000, millis + " ms");
        assertFalse(mount.service.isServing());
        assertEquals(1, tree.open.get(), "what an operation uses is not closed under it");
        tree.gate.countDown();
        await("it is closed by the last one out", () -> tree.open.get() == 0);
        assertEquals(0, mount.service.usage().handles());
    }
}
