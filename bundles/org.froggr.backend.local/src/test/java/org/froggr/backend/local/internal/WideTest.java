package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many of everything. */
class WideTest {
    private Playground playground;

    @AfterEach
    void remove() throws Exception {
        playground.close();
    }

    private static long descriptors() throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void aWideDirectoryIsListed() throws Exception {
        playground = new Playground(Playground.TMPFS);
        playground.sh("seq -f 'n%g' 200000 | xargs touch");
        Set<String> names = new HashSet<>();
        long[] offset = new long[1];
        try (OpenDirectory directory = playground.tree().root().openDirectory(TestRequester.ROOT)) {
            int before;
            do {
                before = names.size();
                int most = before + 777;
                directory.read(offset[0], (name, inode, type, next) -> {
                    if (names.size() == most) {
                        return false;
                    }
                    assertTrue(names.add(name.toString()), "twice");
                    offset[0] = next;
                    return true;
                });
            } while (names.size() > before);
        }
        assertEquals(200_000, names.size());
    }

    @Test
    void descriptorsAreFewerThanDirectories() throws Exception {
        playground = new Playground(Playground.TMPFS);
        playground.sh("seq 5000 | xargs mkdir; for i in $(seq 5000); do : > $i/f; done");
        LocalTree tree = playground.treeWith(50);
        TreeUser user = Playground.user(tree);
        long before = descriptors();
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 5000; i++) {
                user.stat(i + "/f");
            }
        }
        assertTrue(descriptors() <= before + 60, () -> "far too many");
        assertEquals(10_001, tree.nodeCount());
        user.forgetAll();
        assertEquals(1, tree.nodeCount());
        assertTrue(tree.cache().size() <= 1);
        tree.close();
        assertTrue(descriptors() <= before + 5);
    }

    @Test
    void nodesAreFoundWhateverWasForgotten() throws Exception {
        playground = new Playground(Playground.TMPFS);
        playground.sh("seq -f 'n%g' 0 2999 | xargs touch");
        FileNode root = playground.tree().root();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FileNode[] known = new FileNode[3000];
        Attributes out = new Attributes();
        for (int i = 0; i < 60_000; i++) {
            // Whole ranges are forgotten now and then, so that the table shrinks.
            int at = random.nextInt(known.length);
            if (known[at] == null) {
                known[at] = root.lookup(TreeUser.name("n" + at), out);
            } else if (random.nextInt(50) == 0) {
                for (int j = at; j < known.length; j++) {
                    forget(known, j);
                }
            } else if (random.nextBoolean()) {
                forget(known, at);
            } else {
                FileNode again = root.lookup(TreeUser.name("n" + at), out);
                assertTrue(again == known[at], () -> "another node, seed " + seed);
                again.forget(1);
            }
        }
        long left = Arrays.stream(known).filter(Objects::nonNull).count();
        assertEquals(left + 1, playground.tree().nodeCount(), () -> "seed " + seed);
    }

    private static void forget(FileNode[] known, int at) {
        if (known[at] != null) {
            known[at].forget(1);
            known[at] = null;
        }
    }

    @Test
    void manyThreadsAtOnce() throws Exception {
        playground = new Playground(Playground.TMPFS);
        LocalTree tree = playground.treeWith(4);
        TreeUser setUp = Playground.user(tree);
        for (int i = 0; i < 8; i++) {
            setUp.mkdir("d" + i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                all.add(threads.submit(() -> churn(tree, number)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        setUp.forgetAll();
        assertEquals(1, tree.nodeCount());
    }

    /** Each in a directory of its own and in one that all share. */
    private static Void churn(LocalTree tree, int number) throws Exception {
        TreeUser user = Playground.user(tree);
        for (int i = 0; i < 500; i++) {
            String own = "d" + number + "/f" + i % 7;
            user.write(own, "text " + i);
            assertEquals("text " + i, user.read(own));
            String shared = "d0/shared" + number;
            user.rename(own, shared);
            try (OpenFile file = user.open(shared, TreeUser.O_RDWR)) {
                FileNode node = user.node(shared);
                user.unlink(shared);
                Attributes out = new Attributes();
                node.attributes(out);
                assertEquals(0, out.links);
                assertEquals("text " + i, user.read(file));
            }
            common(user, i);
            if (i % 50 == 0) {
                user.forgetAll();
            }
        }
        user.forgetAll();
        return null;
    }

    /** What all do to the same names may fail, but the tree must not lose count. */
    private static void common(TreeUser user, int i) throws ErrnoException {
        try {
            switch (i % 4) {
                case 0 -> user.mkdir("common");
                case 1 -> user.mknod("common/x", 0100644);
                case 2 -> user.unlink("common/x");
                default -> user.rmdir("common");
            }
        } catch (ErrnoException e) {
            assertTrue(e.number() != 5, e.getMessage());
        }
    }
}
