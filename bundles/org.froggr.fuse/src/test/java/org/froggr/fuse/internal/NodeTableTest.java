package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.froggr.spi.tree.FileNode;
import org.junit.jupiter.api.Test;

class NodeTableTest {
    private final FileNode root = new Asked();
    private final NodeTable table = new NodeTable(root);

    @Test
    void rootIsOneForEver() {
        assertSame(root, table.get(1));
        assertEquals(0, table.forget(1, 100));
        assertSame(root, table.get(1));
        assertEquals(1, table.idOf(root));
    }

    @Test
    void oneNodeHasOneIdUntilItIsForgotten() {
        FileNode node = new Asked();
        long id = table.add(node, 1, null, false);
        assertEquals(id, table.add(node, 1, null, false));
        assertEquals(1, table.forget(id, 1));
        assertSame(node, table.get(id));
        assertEquals(1, table.forget(id, 7), "no more than there were");
        assertNull(table.get(id));
        assertEquals(0, table.idOf(node));
        assertNotEquals(id, table.add(node, 1, null, false), "an id does not come back");
    }

    @Test
    void versionsAreOfOneLife() {
        FileNode node = new Asked();
        long id = table.add(node, 1, null, false);
        assertEquals(false, table.sameVersion(id, 5));
        assertEquals(true, table.sameVersion(id, 5));
        table.forget(id, 1);
        assertEquals(false, table.sameVersion(table.add(node, 1, null, false), 5));
    }

    /** Random additions and forgets against a map; a wrong move in the open-addressing table loses nodes. */
    @Test
    void agreesWithAModel() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<FileNode> nodes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            nodes.add(new Asked());
        }
        Map<FileNode, long[]> model = new HashMap<>();
        Set<Long> everSeen = new HashSet<>();
        for (int step = 0; step < 200_000; step++) {
            FileNode node = nodes.get(random.nextInt(nodes.size()));
            long[] known = model.get(node);
            if (random.nextInt(100) < (step / 20_000 % 2 == 0 ? 60 : 40)) {
                long id = table.add(node, 1, null, false);
                if (known == null) {
                    assertTrue(everSeen.add(id), () -> "an old id, seed " + seed);
                    model.put(node, new long[] {id, 1});
                } else {
                    assertEquals(known[0], id, () -> "seed " + seed);
                    known[1]++;
                }
            } else if (known != null) {
                long lookups = 1 + random.nextInt(3);
                assertEquals(Math.min(lookups, known[1]), table.forget(known[0], lookups), () -> "seed " + seed);
                known[1] -= Math.min(lookups, known[1]);
                if (known[1] == 0) {
                    model.remove(node);
                }
            }
            assertEquals(model.size() + 1, table.count());
        }
        for (FileNode node : nodes) {
            long[] known = model.get(node);
            assertEquals(known == null ? 0 : known[0], table.idOf(node), () -> "seed " + seed);
        }
        table.drain(FileNode::forget);
        assertEquals(1, table.count());
    }

    @Test
    void wrongIdsAreOfNobody() {
        for (long id : new long[] {0, -1, 2, 1L << 32, 1L << 32 | 1, Long.MAX_VALUE, Long.MIN_VALUE, 1000}) {
            assertNull(table.get(id));
            assertEquals(0, table.forget(id, 1));
            assertEquals(0, table.parentOf(id));
        }
    }

    /** The table's own share of an inode that the kernel knows. */
    @Test
    void costsLessThan48BytesANode() {
        int count = 500_000;
        FileNode[] nodes = new FileNode[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = new Asked();
        }
        long before = used();
        NodeTable large = new NodeTable(root);
        for (FileNode node : nodes) {
            large.add(node, 1, null, false);
        }
        long bytes = (used() - before) / count;
        assertEquals(nodes.length + 1, large.count());
        assertTrue(bytes < 48, bytes + " bytes a node");
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
