package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.spi.tree.FileTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to keep everything for a successor. Times are printed, since they depend on the machine. */
class KeptCostTest {
    private static final int LOOKUPS = 200_000;
    private static final int NODES = 100_000;

    @TempDir
    private Path directory;

    private Conversation conversation(FileTree tree, boolean isKept) throws Exception {
        Conversation talk = isKept
                ? new Conversation(tree, NamedNodes.open(directory, true))
                : new Conversation(tree);
        talk.kernel.throwAway();
        return talk;
    }

    @Test
    void lookingUpAllocatesNothing() throws Exception {
        for (boolean isKept : new boolean[] {false, true}) {
            try (Conversation talk = conversation(new FixedTree(), isKept)) {
                byte[] bytes = Message.of(1, 1).name("file").bytes();
                repeat(talk, bytes, 50_000);
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long self = Thread.currentThread().getId();
                long before = threads.getThreadAllocatedBytes(self);
                long start = System.nanoTime();
                repeat(talk, bytes, LOOKUPS);
                long nanos = (System.nanoTime() - start) / LOOKUPS;
                long each = (threads.getThreadAllocatedBytes(self) - before) / LOOKUPS;
                System.out.println("LOOKUP, kept " + isKept + ": " + nanos + " ns, " + each + " bytes allocated");
                assertTrue(each < 10, each + " bytes");
            }
        }
    }

    @Test
    void writingAllocatesNothing() throws Exception {
        for (boolean isKept : new boolean[] {false, true}) {
            try (Conversation talk = conversation(new FixedTree(), isKept)) {
                byte[] bytes = Message.of(16, 2)
                        .i64(open(talk), 0)
                        .i32(4096, 0)
                        .i64(0)
                        .i32(2, 0)
                        .data(new byte[4096])
                        .bytes();
                repeat(talk, bytes, 50_000);
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long self = Thread.currentThread().getId();
                long before = threads.getThreadAllocatedBytes(self);
                long start = System.nanoTime();
                repeat(talk, bytes, LOOKUPS);
                long nanos = (System.nanoTime() - start) / LOOKUPS;
                long each = (threads.getThreadAllocatedBytes(self) - before) / LOOKUPS;
                System.out.println("WRITE, kept " + isKept + ": " + nanos + " ns, " + each + " bytes allocated");
                assertTrue(each < 10, each + " bytes");
            }
        }
    }

    /** Of a conversation whose replies are thrown away: the first file that is opened. */
    private static long open(Conversation talk) {
        talk.put(Message.of(1, 1).name("file").bytes());
        talk.put(Message.of(14, 2).i32(2, 0).bytes());
        return talk.served.handles.all().get(0).number();
    }

    private static void repeat(Conversation talk, byte[] bytes, int times) {
        for (int i = 0; i < times; i++) {
            talk.put(bytes);
        }
    }

    @Test
    void anInodeTakesLessThan200BytesOfTheFiles() throws Exception {
        for (boolean isKept : new boolean[] {false, true}) {
            NodeTable table = new NodeTable(new Asked());
            Kept kept = NamedNodes.open(directory, true);
            if (isKept) {
                table.keep(kept.nodes, kept::abandon);
            }
            ByteBuffer bytes = ByteBuffer.allocateDirect(64);
            MemoryName name = new MemoryName(bytes, 0);
            long start = System.nanoTime();
            for (int i = 0; i < NODES; i++) {
                String text = "directory-" + i;
                bytes.put(0, text.getBytes(StandardCharsets.US_ASCII));
                name.set(0, text.length());
                table.add(new Asked(), 1, name, true);
            }
            System.out.println("a new node, kept " + isKept + ": " + (System.nanoTime() - start) / NODES + " ns");
            if (isKept) {
                long size = Files.size(directory.resolve("fuse-nodes")) + Files.size(directory.resolve("fuse-names"));
                System.out.println(size / NODES + " bytes a node in files");
                assertTrue(size / NODES < 200, "files grow by doubling, so half may be free");
            }
            kept.remove();
        }
    }
}
