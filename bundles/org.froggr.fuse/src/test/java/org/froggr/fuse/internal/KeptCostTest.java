package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to keep everything for a successor. Times are printed, since they depend on the machine. */
class KeptCostTest {
    private static final int LOOKUPS = 200_000;
    private static final int NODES = 20_000;

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

    private static void repeat(Conversation talk, byte[] bytes, int times) {
        for (int i = 0; i < times; i++) {
            talk.put(bytes);
        }
    }

    @Test
    void anInodeTakesLessThan200BytesOfTheFiles() throws Exception {
        for (boolean isKept : new boolean[] {false, true}) {
            try (Conversation talk = conversation(new MemoryTree(), isKept)) {
                long start = System.nanoTime();
                for (int i = 0; i < NODES; i++) {
                    talk.put(Message.of(9, 1).i32(0755, 022).name("directory-" + i).bytes());
                }
                long made = System.nanoTime();
                for (int i = 0; i < NODES; i++) {
                    talk.put(Message.of(1, 1).name("directory-" + i).bytes());
                }
                long found = System.nanoTime();
                System.out.println("MKDIR, kept " + isKept + ": " + (made - start) / NODES + " ns; LOOKUP of another: "
                        + (found - made) / NODES + " ns");
                if (isKept) {
                    long bytes = Files.size(directory.resolve("fuse-nodes"))
                            + Files.size(directory.resolve("fuse-names"));
                    System.out.println(bytes / NODES + " bytes a node in files");
                    assertTrue(bytes / NODES < 200, "files grow by doubling, so half may be free");
                }
            }
        }
    }
}
