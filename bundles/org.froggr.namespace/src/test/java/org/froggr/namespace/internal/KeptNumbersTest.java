package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same file has the same inode number after a restart (rule 12). */
class KeptNumbersTest {
    private Restart restart;

    @AfterEach
    void close() throws Exception {
        restart.close();
    }

    private Map<String, Long> numbers(String... paths) throws Exception {
        Map<String, Long> numbers = new HashMap<>();
        TreeUser user = restart.user();
        for (String path : paths) {
            numbers.put(path, user.stat(path).inode);
        }
        return numbers;
    }

    @Test
    void whateverOrderDevicesAreMetIn() throws Exception {
        restart = new Restart(false).with(tree("a=", "d/"), tree("b="), tree("c=", "d/", "d/e/"));
        restart.start();
        Map<String, Long> before = numbers("a", "b", "c", "d", "d/e", "");
        restart.start(2, 1, 0);
        assertEquals(before, numbers("c", "d/e", "d", "b", "a", ""));
        assertEquals(List.of(), restart.said);
    }

    @Test
    void thoseOfAUnionOfUnions() throws Exception {
        MemoryTree[] trees = {tree("a="), tree("b="), tree("c=")};
        restart = new Restart(false).with(nested(trees[0]), nested(trees[1]), nested(trees[2]));
        restart.start();
        Map<String, Long> before = numbers("a", "b", "c", "");
        // Made in another order by the next process
        for (int i = 2; i >= 0; i--) {
            restart.replaceTree(i, nested(trees[i]));
        }
        restart.start(2, 1, 0);
        assertEquals(before, numbers("a", "b", "c", ""));
    }

    private static FileTree nested(FileTree tree) throws Exception {
        UnionMember member = new UnionMember(0, "inner", tree, true, true, Set.of());
        return new Space(message -> {}).open("1", new UnionOptions(false), member).files();
    }

    @Test
    void whenAMemberWasAdded() throws Exception {
        MemoryTree original = tree("d/", "d/e/", "d/e/f/", "o/");
        MemoryTree added = tree("d/", "d/e/", "n/");
        restart = new Restart(false).with(original, added);
        restart.start(0);
        Map<String, Long> before = numbers("d", "d/e", "d/e/f", "o");
        restart.head().add(new UnionMember(2, "m2", added, false, false, Set.of()), false);
        assertEquals(before, numbers("d", "d/e", "d/e/f", "o"));
        Map<String, Long> all = numbers("d", "d/e", "d/e/f", "o", "n");
        restart.start(1, 0);
        assertEquals(all, numbers("d", "d/e", "d/e/f", "o", "n"));
    }

    @Test
    void whenTheBaseHasLeft() throws Exception {
        MemoryTree second = tree("d/", "d/e/");
        restart = new Restart(false).with(tree("d/", "d/e/"), second, tree());
        restart.start(0, 2);
        Map<String, Long> before = numbers("d", "d/e", "");
        restart.head().add(new UnionMember(2, "m2", second, false, false, Set.of()), false);
        assertEquals(before, numbers("d", "d/e", ""));
        TreeUser user = restart.user();
        user.node("d/e");
        restart.head().remove(1, true);
        user.forgetAll();
        assertEquals(before, numbers("d", "d/e", ""));
        restart.start(1, 2);
        assertEquals(before, numbers("d", "d/e", ""));
    }

    @Test
    void whenADirectoryBecomesMergedByWhatIsMadeInIt() throws Exception {
        restart = new Restart(false).with(tree("d/", "d/e/", "d/e/f/"), tree()).receiving(1);
        restart.start();
        Map<String, Long> before = numbers("d", "d/e", "d/e/f");
        TreeUser user = restart.user();
        user.write("d/e/new", "");
        user.mkdir("d/e/g");
        long made = user.stat("d/e/g").inode;
        restart.start();
        assertEquals(before, numbers("d", "d/e", "d/e/f"));
        assertEquals(made, restart.user().stat("d/e/g").inode);
        assertListedAsShown("d/e");
        assertListedAsShown("d");
    }

    private void assertListedAsShown(String path) throws Exception {
        Map<String, Long> listed = new HashMap<>();
        TreeUser user = restart.user();
        try (OpenDirectory directory = user.node(path).openDirectory(TestRequester.ROOT)) {
            directory.read(0, (name, inode, type, next) -> {
                listed.put(name.toString(), inode);
                return true;
            });
        }
        assertFalse(listed.isEmpty());
        for (Map.Entry<String, Long> entry : listed.entrySet()) {
            assertEquals(user.stat(path + "/" + entry.getKey()).inode, entry.getValue(), entry.getKey());
        }
    }

    @Test
    void whenAMergedDirectoryWasRenamed() throws Exception {
        restart = new Restart(false).with(tree("d/", "d/e/", "x/"), tree("d/", "d/e/", "x/"));
        restart.start();
        TreeUser user = restart.user();
        long d = user.stat("d").inode;
        long e = user.stat("d/e").inode;
        user.rename("d", "x/y");
        assertEquals(d, user.stat("x/y").inode);
        user.forgetAll();
        restart.start();
        user = restart.user();
        assertEquals(d, user.stat("x/y").inode);
        assertEquals(e, user.stat("x/y/e").inode);
        user.rename("x/y", "d");
        assertEquals(d, user.stat("d").inode);
        user.mkdir("x/y");
        assertNotEquals(d, user.stat("x/y").inode);
        restart.start();
        assertEquals(d, restart.user().stat("d").inode);
    }

    @Test
    void whatAProcessWasKilledOverWhileItWroteIsLeftOut() throws Exception {
        restart = new Restart(false).with(tree("a="), tree("b="));
        restart.start();
        Map<String, Long> before = numbers("a", "b");
        try (FileChannel file = FileChannel.open(restart.file(KeptNumbers.FILE), StandardOpenOption.WRITE)) {
            // A place that no check is in yet, and half a file
            file.write(ByteBuffer.wrap(new byte[24]).putLong(8, 5).putLong(16, 9), 2048 + 8);
            file.truncate(3000);
        }
        restart.start(1, 0);
        assertEquals(before, numbers("b", "a"));
        assertEquals(List.of(), restart.said);
    }

    @Test
    void aFileOfAnotherVersionIsLeftAlone() throws Exception {
        restart = new Restart(false).with(tree("a="));
        byte[] other = new byte[5000];
        other[3] = 1;
        Files.write(restart.file(KeptNumbers.FILE), other);
        restart.start();
        numbers("a");
        assertEquals(1, restart.said.size(), restart.said::toString);
        assertEquals(other[3], Files.readAllBytes(restart.file(KeptNumbers.FILE))[3]);
    }

    @Test
    void manyAreKeptAndPlacesAreUsedAgain() throws Exception {
        restart = new Restart(false);
        List<String> said = new ArrayList<>();
        try (KeptNumbers kept = KeptNumbers.open(restart.directory(), said::add)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 1000; i++) {
                    kept.put(KeptNumbers.DIRECTORY, round, i, i * 3L);
                }
                kept.put(KeptNumbers.BASE, round, 5, round);
                if (round > 0) {
                    kept.removeAll(round - 1);
                }
            }
            kept.remove(KeptNumbers.DIRECTORY, 9, 8, 1);
            kept.remove(KeptNumbers.DIRECTORY, 9, 9, 27);
        }
        assertTrue(Files.size(restart.file(KeptNumbers.FILE)) <= 131072, "places are not used again");
        try (KeptNumbers kept = KeptNumbers.open(restart.directory(), said::add)) {
            assertEquals(999, kept.keys(KeptNumbers.DIRECTORY, 9).size());
            assertEquals(24, kept.get(KeptNumbers.DIRECTORY, 9, 8, -1));
            assertEquals(-1, kept.get(KeptNumbers.DIRECTORY, 9, 9, -1));
            assertEquals(-1, kept.get(KeptNumbers.DIRECTORY, 8, 8, -1));
            assertEquals(9, kept.get(KeptNumbers.BASE, 9, 5, -1));
        }
        assertEquals(List.of(), said);
    }
}
