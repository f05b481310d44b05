package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is found again by the next tree of the same directory. */
class HandlesTest {
    private Playground playground;
    private LocalTree next;
    private boolean mounted;

    @BeforeEach
    void needsPrivilege() {
        assumeTrue(Ids.euid() == 0, "handles need CAP_DAC_READ_SEARCH");
    }

    @AfterEach
    void remove() throws Exception {
        if (next != null) {
            next.close();
        }
        if (mounted) {
            Mounts.umount(at("m"), Mounts.MNT_DETACH);
        }
        if (playground != null) {
            playground.close();
        }
    }

    static Iterable<Path> everywhere() {
        return Playground.everywhere();
    }

    private BytePath at(String name) {
        return BytePath.of(playground.path(name).toString());
    }

    private TreeUser begin(Path below) throws Exception {
        playground = new Playground(below);
        return playground.user();
    }

    /** The process has ended: another tree is there. */
    private void restart(TreeUser user) throws Exception {
        user.forgetAll();
        playground.tree().close();
        next = Playground.open(playground.path(), LocalOptions.DEFAULT);
    }

    private FileChannel keptOpen(String name) throws Exception {
        return FileChannel.open(playground.path(name), StandardOpenOption.READ);
    }

    private String read(FileNode file) throws Exception {
        try (OpenFile open = file.open(0, TestRequester.ROOT)) {
            return Playground.user(next).read(open);
        }
    }

    private static void assertIs(FileNode found, long inode, int links) throws Exception {
        assertNotNull(found);
        Attributes out = new Attributes();
        out.clear();
        found.attributes(out);
        assertEquals(inode, out.inode);
        assertEquals(links, out.links);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFileWithoutANameThatIsKeptOpen(Path below) throws Exception {
        TreeUser user = begin(below);
        user.write("f", "text");
        long inode = user.stat("f").inode;
        byte[] handle = user.node("f").persistentHandle();
        assertTrue(handle.length <= 144, "with what a union adds it must not exceed 160");
        FileNode found;
        try (FileChannel kept = keptOpen("f")) {
            user.unlink("f");
            restart(user);
            found = next.find(handle);
            assertIs(found, inode, 0);
            assertTrue(kept.isOpen());
        }
        // Now the node keeps it
        try (OpenFile file = found.open(TreeUser.O_RDWR, TestRequester.ROOT)) {
            TreeUser nextUser = Playground.user(next);
            assertEquals("text", nextUser.read(file));
            assertEquals(2, nextUser.write(file, 4, "er"));
            assertEquals("texter", nextUser.read(file));
        }
        found.setExtendedAttribute(TreeUser.name("user.a"), Native.of(3), 0, false, TestRequester.ROOT);
        assertEquals(3, found.extendedAttribute(TreeUser.name("user.a"), Native.of(0)));
        assertSame(found, next.find(handle));
        found.forget(2);
        assertEquals(1, next.nodeCount());
        assertNull(next.find(handle));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whatHasANameIsTheSameNodeAsByTheName(Path below) throws Exception {
        TreeUser user = begin(below);
        user.mkdir("d");
        user.write("d/f", "x");
        user.symlink("where", "l");
        user.mknod("p", 0010600);
        byte[][] handles = {
            user.node("d").persistentHandle(),
            user.node("d/f").persistentHandle(),
            user.node("l").persistentHandle(),
            user.node("p").persistentHandle(),
            user.node("").persistentHandle()
        };
        restart(user);
        long descriptors = descriptors();
        TreeUser nextUser = Playground.user(next);
        FileNode directory = nextUser.keep(next.find(handles[0]));
        try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
            assertEquals(List.of("f"), TreeUser.list(open));
        }
        FileNode byName = nextUser.keep(directory.lookup(TreeUser.name("f"), new Attributes()));
        assertSame(nextUser.keep(next.find(handles[1])), byName);
        assertSame(directory, nextUser.node("d"));
        assertEquals("where", ByteText.decode(nextUser.keep(next.find(handles[2])).readLink()));
        assertSame(nextUser.keep(next.find(handles[3])), nextUser.node("p"));
        assertSame(next.root(), next.find(handles[4]));
        nextUser.node("l");
        assertFalse(descriptors() > descriptors + 3, "a descriptor is kept of what has a name");
        nextUser.forgetAll();
        assertEquals(1, next.nodeCount());
    }

    private static long descriptors() throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFoundFileThatHasANameAgainDoesNotKeepItsSpace(Path below) throws Exception {
        TreeUser user = begin(below);
        user.write("f", "x");
        byte[] handle = user.node("f").persistentHandle();
        restart(user);
        TreeUser nextUser = Playground.user(next);
        nextUser.keep(next.find(handle));
        nextUser.node("f");
        nextUser.unlink("f");
        assertNull(next.find(handle));
        nextUser.forgetAll();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRemovedDirectory(Path below) throws Exception {
        TreeUser user = begin(below);
        user.mkdir("d");
        byte[] handle = user.node("d").persistentHandle();
        try (var kept = Files.newDirectoryStream(playground.path("d"))) {
            user.rmdir("d");
            restart(user);
            FileNode found = next.find(handle);
            assertNotNull(found);
            found.openDirectory(TestRequester.ROOT).close();
            found.forget(1);
            assertFalse(kept.iterator().hasNext());
        }
        assertEquals(1, next.nodeCount());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void onAnotherMountOfTheTree(Path below) throws Exception {
        TreeUser user = begin(below);
        user.mkdir("m");
        user.forgetAll();
        Mounts.mount(BytePath.of("froggr-test"), at("m"), "tmpfs", 0, ByteText.encode("size=64k"));
        mounted = true;
        user.write("m/f", "text");
        Attributes before = user.stat("m/f");
        byte[] handle = user.node("m/f").persistentHandle();
        try (FileChannel kept = keptOpen("m/f")) {
            user.unlink("m/f");
            restart(user);
            FileNode found = next.find(handle);
            assertIs(found, before.inode, 0);
            Attributes now = new Attributes();
            found.attributes(now);
            assertEquals(before.device, now.device);
            assertEquals("text", read(found));
            assertTrue(kept.isOpen());
            found.forget(1);
        }
        next.close();
        Mounts.umount(at("m"), Mounts.MNT_DETACH);
        mounted = false;
        next = Playground.open(playground.path(), LocalOptions.DEFAULT);
        assertNull(next.find(handle));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void inACloneOfTheMount(Path below) throws Exception {
        playground = new Playground(below);
        TreeUser user = Playground.user(playground.tree(LocalOptions.DEFAULT.withoutSubmounts()));
        user.write("f", "text");
        byte[] handle = user.node("f").persistentHandle();
        try (FileChannel kept = keptOpen("f")) {
            user.unlink("f");
            user.forgetAll();
            playground.tree().close();
            next = Playground.open(playground.path(), LocalOptions.DEFAULT.withoutSubmounts());
            FileNode found = next.find(handle);
            assertEquals("text", read(found));
            assertTrue(kept.isOpen());
            found.forget(1);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whatIsNoHandleIsNotFound(Path below) throws Exception {
        TreeUser user = begin(below);
        user.write("f", "x");
        byte[] handle = user.node("f").persistentHandle();
        assertNull(playground.tree().find(new byte[0]));
        assertNull(playground.tree().find(new byte[60]));
        byte[] other = handle.clone();
        other[9]++;
        assertNull(playground.tree().find(other));
        user.unlink("f");
        assertNull(playground.tree().find(handle));
        user.forgetAll();
    }
}
