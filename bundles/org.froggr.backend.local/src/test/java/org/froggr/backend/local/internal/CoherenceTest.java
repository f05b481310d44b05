package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes from outside are told of; own ones are not. */
class CoherenceTest {
    private static final String EVERYWHERE = "org.froggr.backend.local.internal.Playground#everywhere";

    /** Hears everything. */
    private static final class Ear implements TreeListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch held = new CountDownLatch(0);
        private final Map<FileNode, String> names = Collections.synchronizedMap(new IdentityHashMap<>());

        private String nameOf(FileNode node) {
            byte[] name = ((LocalNode) node).name;
            return names.getOrDefault(node, name == null ? "nameless" : new String(name, StandardCharsets.ISO_8859_1));
        }

        FileNode name(FileNode node, String name) {
            names.put(node, name);
            return node;
        }

        @Override
        public void entryChanged(FileNode directory, byte[] name) {
            heard.add("entry " + nameOf(directory) + " " + new String(name, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void attributesChanged(FileNode node) {
            heard.add("attributes " + nameOf(node));
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void contentsChanged(FileNode node) {
            heard.add("contents " + nameOf(node));
        }

        void awaits(String what) {
            Playground.await(() -> heard.contains(what), what + ", heard: " + heard);
        }
    }

    private final Ear ear = new Ear();
    private Playground playground;
    private LocalTree tree;
    private TreeUser user;
    private AutoCloseable listening;

    private void on(Path where) throws Exception {
        playground = new Playground(where);
        Files.createDirectory(playground.path("d"));
        Files.writeString(playground.path("f"), "f");
        Files.writeString(playground.path("d/g"), "g");
        tree = playground.tree();
        user = playground.user();
        listening = tree.watch(ear);
        ear.name(tree.root(), "root");
        for (String path : new String[] {"d", "f", "d/g"}) {
            ear.name(user.node(path), path);
        }
        // Looked up again after a while, both directories are watched.
        Playground.await(() -> lookAgain() >= 2, "watches");
    }

    private int lookAgain() {
        try {
            user.stat("f");
            user.stat("d/g");
            int watched = ((LocalNode) tree.root()).isWatched() ? 1 : 0;
            return watched + (((LocalNode) user.node("d")).isWatched() ? 1 : 0);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void remove() throws Exception {
        listening.close();
        user.forgetAll();
        playground.close();
    }

    /** Makes a change from outside that is told of, which shows that whatever came before was handled. */
    private void quiet() throws Exception {
        Files.writeString(playground.path("last"), "");
        ear.awaits("entry root last");
        ear.heard.removeIf(what -> what.endsWith(" last") || what.equals("contents root"));
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void whatIsWatchedIsValidForLong(Path where) throws Exception {
        on(where);
        Attributes out = user.stat("d/g");
        assertEquals(3_600_000, out.validityMillis);
        assertEquals(3_600_000, out.entryValidityMillis);
        assertEquals(3_600_000, user.stat("d").validityMillis);
        user.node("d/g").attributes(out);
        assertEquals(3_600_000, out.validityMillis);
        playground.sh("ln d/g elsewhere");
        assertEquals(1000, user.stat("d/g").validityMillis, "another name may be in a directory nobody watches");
        out.clear();
        assertEquals(null, user.find("d/none", out));
        assertEquals(3_600_000, out.entryValidityMillis);
        try (OpenFile file = user.open("f", TreeUser.O_RDWR)) {
            user.write(file, 0, "w");
            assertEquals(1000, user.stat("f").validityMillis, "it may be written without a word");
        }
        assertEquals(3_600_000, user.stat("f").validityMillis);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void changesFromOutsideAreTold(Path where) throws Exception {
        on(where);
        playground.sh("chmod 600 f");
        ear.awaits("attributes f");
        playground.sh("echo more >> d/g");
        ear.awaits("contents d/g");
        playground.sh("echo new > d/n; chmod 700 d");
        ear.awaits("entry d n");
        ear.awaits("contents d");
        ear.awaits("attributes d");
        playground.sh("rm d/n; mv f d/h");
        ear.awaits("entry root f");
        ear.awaits("entry d h");
        assertEquals("f", user.read("d/h"));
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void ownChangesAreNot(Path where) throws Exception {
        on(where);
        ear.heard.clear();
        user.chmod("f", 0640);
        for (int i = 0; i < 50; i++) {
            user.write("d/n" + i, "x");
            user.rename("d/n" + i, "m" + i);
            user.link("m" + i, "d/l" + i);
            user.unlink("m" + i);
            user.mkdir("d/x");
            user.symlink("f", "d/x/y");
            user.unlink("d/x/y");
            user.rmdir("d/x");
            user.mknod("p", 0010600);
            user.rename("p", "f", TreeUser.EXCHANGE);
            user.rename("p", "f");
            user.chmod("f", 0600);
            AttributeChanges now = new AttributeChanges();
            now.what = AttributeChanges.MODIFY_TIME | AttributeChanges.MODIFY_NOW;
            user.change("d/g", now);
        }
        quiet();
        List<String> loud = ear.heard.stream().filter(what -> !what.startsWith("attributes")).toList();
        assertEquals(List.of(), loud);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void afterOwnChangesThoseFromOutsideAreStillTold(Path where) throws Exception {
        on(where);
        user.write("n", "x");
        user.unlink("n");
        playground.sh("echo x > n");
        ear.awaits("entry root n");
        user.unlink("n");
        ear.heard.clear();
        playground.sh("echo x > n; rm n");
        ear.awaits("entry root n");
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void aWriterHereIsNotToldThatItsContentsChanged(Path where) throws Exception {
        on(where);
        ear.heard.clear();
        try (OpenFile file = user.open("f", TreeUser.O_RDWR)) {
            for (int i = 0; i < 100; i++) {
                user.write(file, i * 10L, "0123456789");
            }
        }
        quiet();
        assertFalse(ear.heard.contains("contents f"), ear.heard.toString());
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void lostEventsInvalidateEverything(Path where) throws Exception {
        on(where);
        ear.heard.clear();
        ear.held = new CountDownLatch(1);
        playground.sh("chmod 600 f");
        ear.awaits("attributes f");
        // More than a queue holds, and no two of them alike one after the other
        playground.sh("python3 -c \"import os\nfor i in range($(cat /proc/sys/fs/inotify/max_queued_events)):\n"
                + " os.utime('f'); os.utime('d/g')\"");
        ear.held.countDown();
        for (String what : new String[] {"entry root f", "entry root d", "entry d g", "contents f", "contents d"}) {
            ear.awaits(what);
        }
        assertEquals(1000, user.stat("f").validityMillis);
        Playground.await(() -> lookAgain() == 2, "that watches are relied on again");
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void whoDoesNotListenHasNoWatches(Path where) throws Exception {
        on(where);
        listening.close();
        assertEquals(1000, user.stat("f").validityMillis);
        ear.heard.clear();
        Files.writeString(playground.path("n"), "");
        AutoCloseable again = tree.watch(ear);
        try {
            quiet();
            assertTrue(ear.heard.stream().noneMatch(what -> what.equals("nonsense")));
        } finally {
            again.close();
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void twoTreesOfOneDirectoryBothHear(Path where) throws Exception {
        on(where);
        Ear second = new Ear();
        try (LocalTree other = Playground.open(playground.path(), LocalOptions.DEFAULT)) {
            AutoCloseable listens = other.watch(second);
            second.name(other.root(), "root");
            TreeUser otherUser = Playground.user(other);
            Playground.await(() -> watched(otherUser, other), "the second tree's watch");
            ear.heard.clear();
            user.write("n", "from the first");
            second.awaits("entry root n");
            quiet();
            assertEquals(List.of(), ear.heard.stream().filter(what -> what.startsWith("entry")).toList());
            otherUser.forgetAll();
            listens.close();
        }
        playground.sh("rm n");
        ear.awaits("entry root n");
    }

    private static boolean watched(TreeUser user, LocalTree tree) {
        try {
            user.exists("f");
            return ((LocalNode) tree.root()).isWatched();
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void theBudgetIsKept(Path where) throws Exception {
        on(where);
        try (LocalTree other = Playground.open(playground.path(), LocalOptions.DEFAULT.watches(0))) {
            AutoCloseable listens = other.watch(new Ear());
            TreeUser otherUser = Playground.user(other);
            long end = System.nanoTime() + 1_500_000_000L;
            while (System.nanoTime() - end < 0) {
                assertFalse(watched(otherUser, other));
            }
            assertEquals(1000, otherUser.stat("f").validityMillis);
            otherUser.forgetAll();
            listens.close();
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void aRemovedDirectoryIsNotWatchedAnyMore(Path where) throws Exception {
        on(where);
        LocalDirectory directory = (LocalDirectory) user.node("d");
        playground.sh("rm -r d");
        ear.awaits("entry root d");
        Playground.await(() -> directory.watch == 0, "end of the watch");
        playground.sh("mkdir d");
        Map<String, FileNode> now = new HashMap<>();
        now.put("d", user.node("d"));
        assertTrue(now.get("d") != directory);
        assertEquals(TestRequester.ROOT.uid(), user.stat("d").uid);
    }
}
