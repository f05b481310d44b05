package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done most often allocates nothing. */
class HotPathTest {
    private static final int ROUNDS = 20_000;
    private static final int MOST_BYTES = 100;

    private Playground playground;
    private TreeUser user;
    private final Attributes out = new Attributes();

    @BeforeEach
    void make() throws Exception {
        playground = new Playground(Playground.TMPFS);
        user = playground.user();
        user.mkdir("d");
        user.write("d/f", "some text");
    }

    @AfterEach
    void remove() throws Exception {
        user.forgetAll();
        playground.close();
    }

    private static void assertFrugal(String what, TreeUser.Call call) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 2 * ROUNDS; i++) {
            if (i == ROUNDS) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            call.run();
        }
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        assertTrue(bytes < MOST_BYTES, () -> what + " allocates " + bytes + " bytes");
    }

    @Test
    void nothingIsAllocated() throws Exception {
        FileNode directory = user.node("d");
        FileNode file = user.node("d/f");
        FileName name = TreeUser.name("f");
        IoBuffer buffer = Native.of(4096);
        assertFrugal("getattr of a file", () -> file.attributes(out));
        assertFrugal("getattr of a directory", () -> directory.attributes(out));
        assertFrugal("lookup", () -> {
            directory.lookup(name, out);
            file.forget(1);
        });
        FileName none = TreeUser.name("none");
        assertFrugal("lookup of nothing", () -> assertEquals(null, directory.lookup(none, out)));
        try (OpenFile open = user.open("d/f", TreeUser.O_RDWR)) {
            assertFrugal("read", () -> open.read(0, buffer));
            assertFrugal("write", () -> open.write(0, buffer, false, TestRequester.ROOT));
            assertFrugal("fstat", () -> open.attributes(out));
            assertFrugal("getattr of an open file", () -> file.attributes(out));
        }
    }
}
