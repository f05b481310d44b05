package org.froggr.spi.tree;

import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.froggr.spi.tree.TreeUser.name;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.api.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryTreeTest {
    private final MemoryTree tree = new MemoryTree();
    private final TreeUser user = new TreeUser(tree);

    @AfterEach
    void nothingIsLeft() {
        user.forgetAll();
        assertEquals(0, tree.lookups());
        assertEquals(0, tree.handles());
    }

    @Nested
    class Files extends FileTreeContract {
        @Override
        protected FileTree emptyTree() {
            return MemoryTreeTest.this.tree;
        }
    }

    @Nested
    class Listings extends ListingContract {
        @Override
        protected FileTree emptyTree() {
            return MemoryTreeTest.this.tree;
        }
    }

    @Test
    void countsLookups() throws Exception {
        user.write("f", "x");
        user.forgetAll();
        assertEquals(0, tree.lookups());
        MemoryNode node = (MemoryNode) user.node("f");
        user.node("f");
        assertEquals(2, node.lookups());
        assertEquals(2, tree.lookups());
    }

    @Test
    void holesTakeNoMemory() throws Exception {
        long size = 1L << 40;
        try (OpenFile file = user.create("f", TreeUser.O_RDWR, 0100644)) {
            user.write(file, size - 1, "x");
            Attributes out = new Attributes();
            file.attributes(out);
            assertEquals(size, out.size);
            assertEquals(8, out.blocks);
            assertEquals(size - 4096, file.seek(0, 3));
            assertEquals(0, file.seek(0, 4));
            assertEquals(Errno.ENXIO, errorOf(() -> file.seek(size, 3)));
            file.allocate(3, 0, size);
            assertEquals(Errno.ENXIO, errorOf(() -> file.seek(0, 3)));
        }
    }

    @Test
    void failsWhenTold() throws Exception {
        user.write("f", "x");
        tree.failChanges(Errno.ENOSPC);
        assertEquals("x", user.read("f"));
        assertEquals(Errno.ENOSPC, errorOf(() -> user.mkdir("d")));
        tree.fail(Errno.EIO);
        assertEquals(Errno.EIO, errorOf(() -> tree.root().lookup(name("f"), new Attributes())));
        tree.fail(null);
        tree.failChanges(null);
        user.mkdir("d");
    }
}
