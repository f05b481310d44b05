package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to the names while the tree is used. */
class AttacksTest {
    private Playground playground;
    private Playground outside;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        playground = new Playground(Playground.TMPFS);
        outside = new Playground(Playground.TMPFS);
        user = Playground.user(playground.treeWith(2));
    }

    @AfterEach
    void remove() throws Exception {
        user.forgetAll();
        playground.close();
        outside.close();
    }

    private void stale(TreeUser.Call call) {
        assertEquals(Errno.ESTALE, TreeUser.errorOf(call));
    }

    @Test
    void whatTookTheNameIsNotTouched() throws Exception {
        user.write("f", "old");
        FileNode node = user.node("f");
        playground.sh("mv f g; echo other > f; chmod 600 f");
        stale(() -> node.attributes(new Attributes()));
        stale(() -> node.open(TreeUser.O_WRONLY | TreeUser.O_TRUNC, TestRequester.ROOT));
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.MODE;
        changes.mode = 0777;
        stale(() -> node.change(changes, TestRequester.ROOT, new Attributes()));
        changes.what = AttributeChanges.SIZE;
        stale(() -> node.change(changes, TestRequester.ROOT, new Attributes()));
        stale(() -> playground.tree().root().link(node, TreeUser.name("h"), TestRequester.ROOT, new Attributes()));
        stale(() -> node.setExtendedAttribute(
                TreeUser.name("user.x"), user.buffer(new byte[1]), 0, false, TestRequester.ROOT));
        assertEquals("other\n", Files.readString(playground.path("f")));
        assertEquals("rw-------", mode("f"));
        // Found again under its new name, it is the same node and works.
        assertEquals(node, user.node("g"));
        node.attributes(new Attributes());
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(playground.path(name)));
    }

    @Test
    void anInodeNumberUsedAgainIsAnotherFile() throws Exception {
        Playground disk = new Playground(Playground.DISK);
        try {
            TreeUser there = disk.user();
            there.write("f", "old");
            FileNode node = there.node("f");
            // ext4 gives the number to the next file made.
            disk.sh("rm f; sleep 0.05; echo new > f");
            stale(() -> node.attributes(new Attributes()));
            FileNode now = there.node("f");
            assertTrue(now != node);
            assertEquals("new\n", there.read("f"));
            there.forgetAll();
        } finally {
            disk.close();
        }
    }

    @Test
    void aDirectoryBecomesALinkToTheOutside() throws Exception {
        user.mkdir("d");
        user.write("d/f", "in");
        Files.writeString(outside.path("f"), "out");
        FileNode directory = user.node("d");
        FileNode file = user.node("d/f");
        playground.sh("mv d elsewhere; ln -s " + outside.path() + " d");
        forgetDescriptors();

        stale(() -> directory.lookup(TreeUser.name("f"), new Attributes()));
        stale(() -> directory.makeDirectory(TreeUser.name("new"), 0755, TestRequester.ROOT, new Attributes()));
        stale(() -> directory.unlink(TreeUser.name("f"), TestRequester.ROOT));
        stale(() -> directory.openDirectory(TestRequester.ROOT));
        stale(() -> file.attributes(new Attributes()));
        assertTrue(user.stat("d").isSymlink());
        assertEquals("out", Files.readString(outside.path("f")));
        assertFalse(Files.exists(outside.path("new")));
    }

    /** Fills the cache with others. */
    private void forgetDescriptors() throws ErrnoException {
        for (int i = 0; i < 4; i++) {
            user.mkdir("filler" + i);
            user.mkdir("filler" + i + "/x");
        }
    }

    @Test
    void exchangedAgainAndAgainNothingLeadsOutside() throws Exception {
        user.mkdir("d");
        user.mkdir("d/e");
        Files.createDirectory(outside.path("e"));
        Files.writeString(outside.path("e/secret"), "secret");
        FileNode deep = user.node("d/e");
        Process attacker = new ProcessBuilder(
                        "python3", "-c", """
                        import os, ctypes
                        c = ctypes.CDLL(None)
                        os.symlink('%s', 'l')
                        while True:
                            c.renameat2(-100, b'd', -100, b'l', 2)
                        """.formatted(outside.path().toString()))
                .directory(playground.path().toFile())
                .start();
        try {
            Playground.await(() -> Files.isSymbolicLink(playground.path("d")), "the attack");
            for (int i = 0; i < 20_000; i++) {
                attempt(() -> assertEquals(null, deep.lookup(TreeUser.name("secret"), new Attributes())));
                attempt(() -> deep.unlink(TreeUser.name("secret"), TestRequester.ROOT));
                if (i % 10 == 0) {
                    attempt(() -> make(deep, "new"));
                    attempt(() -> assertFalse(listsSecret()));
                    playground.tree().cache().giveUpIdle();
                    playground.tree().cache().giveUpIdle();
                }
            }
        } finally {
            attacker.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(outside.path("e/secret")));
        try (var names = Files.list(outside.path("e"))) {
            assertEquals(1, names.count());
        }
        try (var names = Files.list(outside.path())) {
            assertEquals(1, names.count());
        }
    }

    private static void make(FileNode directory, String name) throws ErrnoException {
        directory.makeNode(TreeUser.name(name), 0100600, 0, TestRequester.ROOT, new Attributes()).forget(1);
        directory.unlink(TreeUser.name(name), TestRequester.ROOT);
    }

    private boolean listsSecret() throws ErrnoException {
        FileNode d = user.find("d", new Attributes());
        return d != null && !(d instanceof LocalDirectory) && d.lookup(TreeUser.name("e"), new Attributes()) != null;
    }

    /** What the attack makes fail may fail, but with nothing else. */
    private static void attempt(TreeUser.Call call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            boolean expected = e.is(Errno.ESTALE) || e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR);
            assertTrue(expected, e.getMessage());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFifoInAFilesPlaceHoldsNobodyUp() throws Exception {
        user.write("f", "x");
        FileNode node = user.node("f");
        playground.sh("rm f; mkfifo f");
        stale(() -> node.open(0, TestRequester.ROOT));
        stale(() -> node.open(TreeUser.O_WRONLY, TestRequester.ROOT));
    }

    @Test
    void whoDidNotKnowOfAFileDoesNotGetItByCreatingIt() throws Exception {
        Files.writeString(playground.path("secret"), "secret");
        playground.sh("chmod 600 secret");
        TestRequester other = new TestRequester(1234, 1234, 022);
        FileNode root = playground.tree().root();
        stale(() -> root.create(TreeUser.name("secret"), TreeUser.O_RDWR, 0100666, other, new Attributes()));
        playground.sh("chown 1234 secret");
        var made = root.create(TreeUser.name("secret"), TreeUser.O_RDWR, 0100666, other, new Attributes());
        made.file().close();
        made.node().forget(1);
        playground.sh("ln -s nowhere l; mkfifo p");
        for (String name : new String[] {"l", "p"}) {
            stale(() -> root.create(TreeUser.name(name), TreeUser.O_RDWR, 0100666, other, new Attributes()));
        }
    }

    @Test
    void thereAreNoWaysUp() throws Exception {
        FileNode root = playground.tree().root();
        for (String name : new String[] {".", "..", "", "a/b", "/etc", "../x"}) {
            Errno error = TreeUser.errorOf(() -> root.lookup(TreeUser.name(name), new Attributes()));
            assertEquals(Errno.EINVAL, error, name);
        }
    }

    @Test
    void renamesByAnotherProcessConfuseNobody() throws Exception {
        user.mkdir("a");
        user.mkdir("b");
        Files.writeString(playground.path("a/f"), "f");
        Process mover = new ProcessBuilder(
                        "python3", "-c", """
                        import os
                        while True:
                            os.rename('a/f', 'b/g'); os.rename('b/g', 'a/f')
                            os.rename('a', 'c'); os.rename('c', 'a')
                        """)
                .directory(playground.path().toFile())
                .start();
        int found = 0;
        try {
            for (int i = 0; i < 20_000 || found == 0; i++) {
                found += seen() ? 1 : 0;
            }
        } finally {
            mover.destroyForcibly().waitFor();
        }
        assertTrue(found > 0);
    }

    private boolean seen() throws ErrnoException {
        for (String path : new String[] {"a/f", "b/g"}) {
            try {
                FileNode node = user.node(path);
                try (OpenFile file = node.open(0, TestRequester.ROOT)) {
                    assertEquals("f", user.read(file));
                    return true;
                }
            } catch (ErrnoException e) {
                assertTrue(e.is(Errno.ENOENT) || e.is(Errno.ESTALE), e.getMessage());
            }
        }
        return false;
    }

    @Test
    void aDirectoryMovedFromOutsideIsFoundAgain() throws Exception {
        user.mkdir("a");
        user.mkdir("a/b");
        user.write("a/b/f", "x");
        FileNode file = user.node("a/b/f");
        FileNode directory = user.node("a/b");
        playground.sh("mv a/b c");
        forgetDescriptors();
        assertThrows(ErrnoException.class, () -> file.attributes(new Attributes()));
        assertEquals(directory, user.node("c"));
        file.attributes(new Attributes());
        assertEquals("x", user.read("c/f"));
        Path gone = playground.path("a/b");
        assertFalse(Files.exists(gone));
    }
}
