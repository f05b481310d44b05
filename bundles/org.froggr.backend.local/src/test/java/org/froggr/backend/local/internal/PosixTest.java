package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Ids;
import org.froggr.linux.RawFiles;
import org.froggr.linux.Stat;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs may expect of a local file system, through a tree. */
class PosixTest {
    private static final String EVERYWHERE = "org.froggr.backend.local.internal.Playground#everywhere";
    private static final TestRequester SOMEBODY = new TestRequester(1234, 2345, 027);

    private Playground playground;
    private LocalTree tree;
    private TreeUser user;

    private void on(Path where) throws Exception {
        playground = new Playground(where);
        tree = playground.tree();
        user = playground.user();
    }

    @AfterEach
    void remove() throws Exception {
        try (Playground used = playground) {
            assertSame(tree, used.tree());
            user.forgetAll();
            assertEquals(1, tree.nodeCount(), "nodes left but the root");
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void filesBelongToWhoAsks(Path where) throws Exception {
        assumeTrue(Ids.euid() == 0, "other ids need root");
        on(where);
        Attributes out = new Attributes();
        user.keep(tree.root().makeDirectory(TreeUser.name("d"), 0777, SOMEBODY, out));
        assertOwned(out, 1234, 2345, 0750);
        user.keep(tree.root().makeNode(TreeUser.name("p"), 0010666, 0, SOMEBODY, out));
        assertOwned(out, 1234, 2345, 0640);
        user.keep(tree.root().makeSymlink(TreeUser.name("l"), new byte[] {'x'}, SOMEBODY, out));
        assertEquals(1234, out.uid);
        CreatedFile made = tree.root().create(TreeUser.name("f"), TreeUser.O_RDWR, 0100666, SOMEBODY, out);
        user.keep(made.node());
        made.file().close();
        assertOwned(out, 1234, 2345, 0640);
        user.keep(tree.root().makeDirectory(TreeUser.name("own"), 0777, TestRequester.ROOT, out));
        assertOwned(out, 0, 0, 0755);
    }

    private static void assertOwned(Attributes out, int uid, int gid, int mode) {
        assertEquals(uid, out.uid);
        assertEquals(gid, out.gid);
        assertEquals(mode, out.mode & 07777);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void aDirectorysGroupIsInherited(Path where) throws Exception {
        assumeTrue(Ids.euid() == 0, "other ids need root");
        on(where);
        user.mkdir("d");
        playground.sh("chown 0:777 d; chmod 2777 d");
        Attributes out = new Attributes();
        user.keep(user.node("d").makeDirectory(TreeUser.name("e"), 0777, SOMEBODY, out));
        assertOwned(out, 1234, 777, 02750);
        user.keep(user.node("d").makeNode(TreeUser.name("f"), 0100666, 0, SOMEBODY, out));
        assertOwned(out, 1234, 777, 0640);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void aDefaultAclComesBeforeTheUmask(Path where) throws Exception {
        on(where);
        user.mkdir("d");
        // acl(5): version 2; user::rwx, group::rwx, other::---
        byte[] acl = {
            2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 4, 0, 7, 0, -1, -1, -1, -1, 0x20, 0, 0, 0, -1, -1, -1, -1
        };
        FileNode directory = user.node("d");
        try {
            directory.setExtendedAttribute(
                    TreeUser.name("system.posix_acl_default"), user.buffer(acl), 0, false, TestRequester.ROOT);
        } catch (ErrnoException e) {
            assumeTrue(!e.is(Errno.EOPNOTSUPP), "no ACLs here");
            throw e;
        }
        Attributes out = new Attributes();
        user.keep(directory.makeNode(TreeUser.name("f"), 0100666, 0, TestRequester.ROOT, out));
        assertEquals(0660, out.mode & 0777);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void devicesAndSocketsAreFilesLikeOthers(Path where) throws Exception {
        assumeTrue(Ids.euid() == 0, "mknod of devices needs root");
        on(where);
        Attributes out = new Attributes();
        user.keep(tree.root().makeNode(TreeUser.name("null"), 0020666, 0x103, TestRequester.ROOT, out));
        assertEquals(0x103, out.rdev);
        assertEquals(0020644, out.mode);
        assertEquals(Errno.ENXIO, TreeUser.errorOf(() -> user.open("null", 0)));
        user.mknod("s", 0140600);
        user.chmod("s", 0712);
        assertEquals(0140712, user.stat("s").mode);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void aRemovedFifoStillHasAttributes(Path where) throws Exception {
        on(where);
        user.mknod("p", 0010600);
        FileNode fifo = user.node("p");
        user.unlink("p");
        Attributes out = new Attributes();
        fifo.attributes(out);
        assertEquals(0, out.links);
        user.mkdir("d");
        FileNode directory = user.node("d");
        user.rmdir("d");
        directory.attributes(out);
        assertTrue(out.isDirectory());
        try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
            assertEquals(0, TreeUser.list(open).size());
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void symbolicLinksHaveOwnersTimesAndAttributes(Path where) throws Exception {
        assumeTrue(Ids.euid() == 0, "chown needs root");
        on(where);
        user.symlink("nowhere", "l");
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.UID | AttributeChanges.MODIFY_TIME;
        changes.uid = 77;
        changes.modifySeconds = 5;
        changes.modifyNanos = 6;
        user.change("l", changes);
        assertEquals(77, user.stat("l").uid);
        assertEquals(5, user.stat("l").modifySeconds);
        assertEquals(6, user.stat("l").modifyNanos);
        assertEquals(Errno.EOPNOTSUPP, TreeUser.errorOf(() -> user.chmod("l", 0700)));
        FileNode link = user.node("l");
        link.setExtendedAttribute(
                TreeUser.name("trusted.x"), user.buffer(new byte[] {1}), 0, false, TestRequester.ROOT);
        assertEquals(1, link.extendedAttribute(TreeUser.name("trusted.x"), Native.of(5)));
        link.removeExtendedAttribute(TreeUser.name("trusted.x"), TestRequester.ROOT);
        user.link("l", "m");
        assertSame(link, user.node("m"));
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void whoTruncatesTakesSetuidAway(Path where) throws Exception {
        on(where);
        user.write("f", "x");
        user.chmod("f", 06755);
        user.node("f").open(TreeUser.O_WRONLY | TreeUser.O_TRUNC, SOMEBODY).close();
        assertEquals(0755, user.stat("f").mode & 07777);
        user.chmod("f", 06745);
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.SIZE | AttributeChanges.CLEAR_SET_IDS;
        user.change("f", changes);
        assertEquals(02745, user.stat("f").mode & 07777, "S_ISGID without S_IXGRP means locking");
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void severalChangesAreOne(Path where) throws Exception {
        assumeTrue(Ids.euid() == 0, "chown needs root");
        on(where);
        user.mkdir("d");
        AttributeChanges changes = new AttributeChanges();
        changes.what = AttributeChanges.SIZE | AttributeChanges.UID | AttributeChanges.MODE;
        changes.uid = 5;
        changes.mode = 0700;
        assertEquals(Errno.EISDIR, TreeUser.errorOf(() -> user.change("d", changes)));
        user.write("f", "abc");
        user.chmod("f", 04711);
        changes.size = -1;
        assertEquals(Errno.EINVAL, TreeUser.errorOf(() -> user.change("f", changes)));
        assertOwned(user.stat("f"), 0, 0, 04711);
        assertEquals(3, user.stat("f").size);
        changes.size = 2;
        user.change("f", changes);
        assertOwned(user.stat("f"), 5, 0, 0700);
        assertEquals(2, user.stat("f").size);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void holesAreKept(Path where) throws Exception {
        on(where);
        try (OpenFile file = user.create("f", TreeUser.O_RDWR, 0100644)) {
            user.write(file, 1L << 40, "end");
            assertEquals(1L << 40, file.seek(0, RawFiles.SEEK_DATA) & -65536);
            assertEquals(0, file.seek(0, RawFiles.SEEK_HOLE));
            assertTrue(user.stat("f").blocks < 1000);
            assertEquals(Errno.ENXIO, TreeUser.errorOf(() -> file.seek(1L << 41, RawFiles.SEEK_DATA)));
            file.allocate(1, 0, 4096);
            assertEquals(0, file.seek(0, RawFiles.SEEK_HOLE) % 4096);
            file.allocate(3, 1L << 40, 4096);
            assertEquals((1L << 40) + 3, user.stat("f").size);
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void copiesStayInTheKernel(Path where) throws Exception {
        on(where);
        user.write("a", "0123456789");
        try (OpenFile from = user.open("a", 0);
                OpenFile to = user.create("b", TreeUser.O_RDWR, 0100644)) {
            assertEquals(4, from.copyTo(6, to, 1, 100));
            assertEquals("\0" + "6789", user.read("b"));
            assertEquals(0, from.copyTo(10, to, 0, 1));
        }
    }

    private static LockRange range(long owner, int type, long start, long end) {
        return new LockRange(owner, (int) owner + 100, type, start, end, false);
    }

    private static LockRange whole(long owner, int type) {
        return new LockRange(owner, 1, type, 0, Long.MAX_VALUE, true);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void recordLocksAreOwned(Path where) throws Exception {
        on(where);
        user.write("f", "x");
        try (OpenFile one = user.open("f", TreeUser.O_RDWR);
                OpenFile two = user.open("f", 0)) {
            assertTrue(one.lock(range(1, LockRange.WRITE, 0, 9)));
            assertTrue(one.lock(range(1, LockRange.WRITE, 5, 20)));
            assertFalse(two.lock(range(2, LockRange.READ, 20, 20)));
            assertTrue(two.lock(range(2, LockRange.READ, 21, Long.MAX_VALUE)));
            assertTrue(one.lock(range(3, LockRange.READ, 30, 31)));
            assertEquals(range(1, LockRange.WRITE, 0, 20), two.conflicting(range(2, LockRange.READ, 0, 50)));
            assertEquals(range(1, LockRange.WRITE, 0, 20), one.conflicting(range(3, LockRange.READ, 3, 5)));
            assertNull(one.conflicting(range(1, LockRange.WRITE, 0, 20)));
            playground.sh("python3 -c \"import fcntl; f = open('f', 'r+')\ntry: fcntl.lockf(f, fcntl.LOCK_EX | "
                    + "fcntl.LOCK_NB, 5); raise SystemExit(1)\nexcept BlockingIOError: pass\"");
            one.releaseLocks(1);
            assertTrue(two.lock(range(2, LockRange.READ, 0, 20)));
            assertTrue(two.lock(range(2, LockRange.UNLOCK, 0, Long.MAX_VALUE)));
            assertTrue(one.lock(range(1, LockRange.WRITE, 0, 20)));
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void locksOfProcessesBesideAreSeen(Path where) throws Exception {
        on(where);
        user.write("f", "0123456789");
        Process other = new ProcessBuilder(
                        "python3", "-c", "import fcntl, sys; f = open('f', 'r+'); fcntl.lockf(f, fcntl.LOCK_EX, 3, 4)\n"
                                + "print(); sys.stdout.flush(); sys.stdin.read()")
                .directory(playground.path().toFile())
                .start();
        try (OpenFile file = user.open("f", TreeUser.O_RDWR)) {
            assertEquals('\n', other.getInputStream().read());
            assertFalse(file.lock(range(1, LockRange.WRITE, 0, 9)));
            LockRange found = file.conflicting(range(1, LockRange.WRITE, 0, 9));
            assertEquals(new LockRange(0, (int) other.pid(), LockRange.WRITE, 4, 6, false), found);
            other.getOutputStream().close();
            other.waitFor();
            assertTrue(file.lock(range(1, LockRange.WRITE, 0, 9)));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void wholeLocksAreAnotherKind(Path where) throws Exception {
        on(where);
        user.write("f", "x");
        try (OpenFile one = user.open("f", 0);
                OpenFile two = user.open("f", TreeUser.O_RDWR)) {
            assertTrue(one.lock(whole(1, LockRange.WRITE)));
            assertTrue(two.lock(range(1, LockRange.WRITE, 0, 9)));
            assertFalse(two.lock(whole(2, LockRange.READ)));
            assertTrue(one.lock(whole(1, LockRange.READ)));
            assertTrue(two.lock(whole(2, LockRange.READ)));
            assertTrue(two.lock(whole(2, LockRange.UNLOCK)));
            assertTrue(one.lock(whole(1, LockRange.WRITE)));
        }
        try (OpenFile three = user.open("f", TreeUser.O_RDWR)) {
            assertTrue(three.lock(whole(3, LockRange.WRITE)), "locks go when nobody has the file open");
            assertTrue(three.lock(range(3, LockRange.WRITE, 0, 9)));
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void deepTreesNeedFewDescriptors(Path where) throws Exception {
        playground = new Playground(where);
        tree = playground.treeWith(8);
        user = playground.user();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            path.append(i == 0 ? "" : "/").append("a directory of some length ").append(i);
            user.mkdir(path.toString());
        }
        user.write(path + "/f", "deep");
        assertEquals("deep", user.read(path + "/f"));
        FileNode file = user.node(path + "/f");
        tree.cache().clear();
        file.attributes(new Attributes());
        assertTrue(tree.cache().size() <= 8);
        user.rename("a directory of some length 0", "moved");
        file.attributes(new Attributes());
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void manyLinksAreOneNode(Path where) throws Exception {
        on(where);
        user.write("f0", "x");
        for (int i = 1; i < 40; i++) {
            user.link("f0", "f" + i);
        }
        FileNode node = user.node("f0");
        for (int i = 39; i > 0; i--) {
            assertSame(node, user.node("f" + i));
            user.unlink("f" + i);
        }
        Attributes out = new Attributes();
        node.attributes(out);
        assertEquals(1, out.links);
        playground.sh("ln f0 outside; rm f0");
        assertEquals(Errno.ESTALE, TreeUser.errorOf(() -> node.attributes(out)));
        assertSame(node, user.node("outside"));
        node.attributes(out);
    }

    @ParameterizedTest
    @MethodSource(EVERYWHERE)
    void attributesAreWhatTheKernelSays(Path where) throws Exception {
        on(where);
        user.write("f", "some text");
        Attributes out = user.stat("f");
        Stat stat = Stat.at(-100, BytePath.of(playground.path("f").toString()), false);
        assertEquals(stat.device(), out.device);
        assertEquals(stat.inode(), out.inode);
        assertEquals(stat.mode(), out.mode);
        assertEquals(stat.size(), out.size);
        assertNotNull(Files.getLastModifiedTime(playground.path("f")));
        assertEquals(Files.getLastModifiedTime(playground.path("f")).toInstant().getNano(), out.modifyNanos);
        assertTrue(out.generation != 0);
    }

    @Test
    void manyFilesCanBeOpen() throws Exception {
        on(Playground.TMPFS);
        OpenFile[] open = new OpenFile[3000];
        for (int i = 0; i < open.length; i++) {
            open[i] = user.create("f" + i, TreeUser.O_RDWR, 0100600);
            user.write(open[i], 0, "x" + i);
        }
        user.unlink("f7");
        assertArrayEquals(new byte[] {'x', '7'}, user.read(open[7]).getBytes());
        for (OpenFile file : open) {
            file.close();
        }
        user.forgetAll();
    }
}
