package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The path of the operations that programs make all the time: nothing is allocated for them. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int OPERATIONS = 100_000;
    private static final int MOST_BYTES = 100;

    @Test
    void hotOperationsAllocateNothing() throws Exception {
        FixedTree tree = new FixedTree();
        Conversation talk = new Conversation(tree);
        long node = talk.lookUp(1, "file");
        long handle = talk.succeed(16, Message.of(14, node).i32(2, 0)).int64(0);
        talk.kernel.throwAway();
        measure(talk, "LOOKUP", Message.of(1, 1).name("file"));
        measure(talk, "LOOKUP of nothing", Message.of(1, 1).name("none"));
        measure(talk, "GETATTR", Message.of(3, node).i32(0, 0).i64(0));
        measure(talk, "GETATTR of a handle", Message.of(3, node).i32(1, 0).i64(handle));
        measure(talk, "READ", Message.of(15, node).i64(handle, 0).i32(4096, 0).i64(0).i32(0, 0));
        measure(
                talk,
                "WRITE",
                Message.of(16, node).i64(handle, 0).i32(4096, 0).i64(0).i32(2, 0).data(new byte[4096]));
        assertEquals(0, talk.complaints);
        talk.close();
    }

    private static void measure(Conversation talk, String what, Message message) {
        byte[] bytes = message.bytes();
        repeat(talk, bytes, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        repeat(talk, bytes, OPERATIONS);
        long each = (threads.getThreadAllocatedBytes(self) - before) / OPERATIONS;
        System.out.println(what + ": " + each + " bytes allocated");
        assertTrue(each < MOST_BYTES, what + " allocates " + each + " bytes");
    }

    private static void repeat(Conversation talk, byte[] bytes, int times) {
        for (int i = 0; i < times; i++) {
            talk.put(bytes);
        }
    }
}
