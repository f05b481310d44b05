package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many threads read the requests of a connection. */
class StaffingTest {
    private static final int REQUESTS = 100;

    private final Crew crew = new Crew();
    private final Staffing.Looks looks = new Staffing.Looks();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Request request;
    private Request other;
    private Performing self;
    private int calls;
    private Staffing staffing;

    @BeforeEach
    void begin() throws Exception {
        request = new Request();
        other = new Request();
        self = new Performing(request);
        crew.add(self);
        staffing = new Staffing(crew, channel, () -> calls++);
        looks.clear();
    }

    @AfterEach
    void end() {
        request.release();
        other.release();
    }

    private boolean before(Message message) {
        byte[] bytes = message.bytes();
        ByteBuffer memory = request.memory();
        memory.put(Request.REQUEST, bytes);
        assertTrue(request.parse(bytes.length));
        return staffing.before(request, self, looks);
    }

    /** Whether it is to read on after so many. */
    private boolean beforeMany() {
        boolean isNeeded = true;
        for (int i = 0; i < REQUESTS && isNeeded; i++) {
            isNeeded = before(Message.of(3, 1).i32(0, 0).i64(0));
        }
        return isNeeded;
    }

    @Test
    void oneIsEnoughForOneProgram() {
        assertTrue(beforeMany());
        assertEquals(0, calls);
    }

    @Test
    void aSecondIsCalledWhenRequestsWait() {
        channel.hasMore = true;
        assertTrue(beforeMany());
        assertTrue(calls > 0);
        calls = 0;
        crew.add(new Performing(other));
        assertTrue(beforeMany());
        assertEquals(0, calls, "more than processors");
    }

    @Test
    void aSecondLeavesWhenItFindsNothing() {
        Performing second = new Performing(other);
        crew.add(second);
        second.read();
        assertFalse(beforeMany());
        second.begin(2);
        assertTrue(beforeMany(), "the other one has something to do");
        assertEquals(0, calls);
    }

    @Test
    void aLongOperationLeavesSomebodyToWait() {
        before(Message.of(15, 1).i64(1, 0).i32(1 << 20, 0).i64(0).i32(0, 0));
        assertEquals(1, calls);
        before(Message.of(15, 1).i64(1, 0).i32(4096, 0).i64(0).i32(0, 0));
        assertEquals(1, calls);
        before(Message.of(20, 1).i64(1).i32(0, 0));
        assertEquals(2, calls);
        Performing second = new Performing(other);
        crew.add(second);
        second.read();
        before(Message.of(20, 1).i64(1).i32(0, 0));
        assertEquals(2, calls, "somebody waits");
    }

    @Test
    void withASlowTreeSomebodyAlwaysWaits() {
        staffing.careful(true);
        before(Message.of(3, 1).i32(0, 0).i64(0));
        before(Message.of(3, 1).i32(0, 0).i64(0));
        assertEquals(2, calls);
        staffing.careful(false);
        before(Message.of(3, 1).i32(0, 0).i64(0));
        assertEquals(2, calls);
    }

    @Test
    void anIdleMountHasNoThread() throws Exception {
        try (RealMount mount = RealMount.of(new MemoryTree(), false)) {
            FuseConnection connection = (FuseConnection) mount.service;
            for (int i = 0; i < 5; i++) {
                mount.sh("echo x > f; cat f");
                HangTest.await("nobody is inside", () -> connection.crew().size() == 0);
            }
        }
    }

    @Test
    void severalProgramsHaveSeveralThreads() throws Exception {
        try (RealMount mount = RealMount.of(new MemoryTree(), false)) {
            FuseConnection connection = (FuseConnection) mount.service;
            Process[] busy = new Process[4];
            for (int i = 0; i < busy.length; i++) {
                busy[i] = mount.start("sh", "-c", "while :; do : > f" + i + "; done");
            }
            try {
                HangTest.await("two are inside", () -> connection.crew().size() > 1);
            } finally {
                for (Process each : busy) {
                    each.destroyForcibly();
                    assertTrue(each.waitFor(10, TimeUnit.SECONDS));
                }
            }
            HangTest.await("nobody is inside", () -> connection.crew().size() == 0);
        }
    }
}
