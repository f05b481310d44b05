package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.froggr.spi.tree.TreeUser.EXCHANGE;
import static org.froggr.spi.tree.TreeUser.NOREPLACE;
import static org.froggr.spi.tree.TreeUser.O_EXCL;
import static org.froggr.spi.tree.TreeUser.O_RDWR;
import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of unions, by their numbers, on {@code A={x:"a", d/1}}, {@code B={x:"b", y, d/2}}, {@code T={t}}. */
class RulesTest {
    private MemoryTree a;
    private MemoryTree b;
    private MemoryTree t;
    private TestUnion union;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        a = tree("x=a", "d/", "d/1=one");
        b = tree("x=b", "y=y", "d/", "d/2=two");
        t = tree("t=t");
        union = new TestUnion(t);
        user = union.user;
    }

    @AfterEach
    void nothingIsLeft() {
        union.assertNothingLeft();
        union.close();
    }

    /** What a tree has by itself. */
    private static String read(MemoryTree tree, String path) throws Exception {
        TreeUser inside = new TreeUser(tree);
        try {
            return inside.read(path);
        } finally {
            inside.forgetAll();
        }
    }

    private static List<String> names(MemoryTree tree) throws Exception {
        return new TreeUser(tree).list("");
    }

    private static boolean has(MemoryTree tree, String path) throws Exception {
        TreeUser inside = new TreeUser(tree);
        try {
            return inside.exists(path);
        } finally {
            inside.forgetAll();
        }
    }

    private static Attributes stat(MemoryTree tree, String path) throws Exception {
        TreeUser inside = new TreeUser(tree);
        try {
            return inside.stat(path);
        } finally {
            inside.forgetAll();
        }
    }

    @Test
    void rule02ADirectoryIsNotBoundToAFile() throws Exception {
        MemoryTree other = tree();
        assertEquals(Errno.ENOTDIR, errorOf(() -> union.head.add(
                new UnionMember(
                        99, "file", new FileAsTree(tree("f=f"), "f"), false, false, Set.of()),
                true)));
        assertEquals(1, union.head.members().size());
        union.alsoCheck(other);
    }

    @Test
    void rule03BeforeAndAfterStackUp() throws Exception {
        long first = union.before(b);
        assertEquals("b", user.read("x"));
        long last = union.after(a);
        assertEquals("b", user.read("x"));
        assertEquals(List.of(first, 1L, last), union.head.members().stream().map(m -> m.id()).toList());
        MemoryTree c = tree("x=c");
        union.before(c);
        assertEquals("c", user.read("x"));
        assertEquals("t", user.read("t"));
    }

    @Test
    void rule04TheFirstThatHasTheNameIsTaken() throws Exception {
        union.before(b);
        union.before(a);
        assertEquals("a", user.read("x"));
        assertEquals("y", user.read("y"));
        assertFalse(user.exists("z"));
    }

    @Test
    void rule05DirectoriesAreUnionsAtEveryDepth() throws Exception {
        TestUnion.fill(a, "d/e/", "d/e/f/", "d/e/f/a=1");
        TestUnion.fill(b, "d/e/", "d/e/f/", "d/e/f/b=2");
        union.before(b);
        union.before(a);
        assertEquals(List.of("1", "e", "2"), user.list("d"));
        assertEquals(List.of("a", "b"), user.list("d/e/f"));
        assertEquals("2", user.read("d/e/f/b"));
    }

    @Test
    void rule05AFileBetweenHidesNothingButItself() throws Exception {
        MemoryTree c = tree("d=file");
        union.before(b);
        union.before(c);
        union.before(a);
        assertEquals(List.of("1", "2"), user.list("d"));
        union.head.reorder(List.of(3L, 2L, 4L, 1L));
        assertEquals("file", user.read("d"));
    }

    @Test
    void rule05OfPlan9OneLevelOnly() throws Exception {
        try (TestUnion plan9 = new TestUnion(t, true, Set.of())) {
            plan9.before(b);
            plan9.before(a);
            assertEquals(List.of("1"), plan9.user.list("d"));
            assertFalse(plan9.user.exists("d/2"));
            assertEquals(List.of("x", "d", "x", "y", "d", "t"), plan9.user.list(""));
            plan9.assertNothingLeft();
        }
    }

    @Test
    void rule06EachNameOnceInTheOrderOfTheMembers() throws Exception {
        union.before(b);
        union.before(a);
        assertEquals(List.of("x", "d", "y", "t"), user.list(""));
    }

    @Test
    void rule07TheFirstBoundWithCGetsWhatIsNew() throws Exception {
        union.before(b);
        union.before(a, "c");
        user.write("new", "n");
        user.mkdir("dir");
        assertTrue(has(a, "new") && has(a, "dir"));
        assertFalse(has(b, "new") || has(t, "new"));
        union.head.reorder(List.of(2L, 1L, 3L));
        user.write("other", "n");
        assertTrue(has(a, "other"));
    }

    @Test
    void rule07WithoutCTheOriginalGetsIt() throws Exception {
        union.before(b);
        union.before(a);
        user.write("new", "n");
        assertTrue(has(t, "new"));
        user.symlink("x", "link");
        user.mknod("fifo", 0010600);
        assertTrue(has(t, "link") && has(t, "fifo"));
    }

    @Test
    void rule07ThereIsNoFallback() throws Exception {
        union.before(b);
        union.before(a, "c");
        a.failChanges(Errno.ENOSPC);
        assertEquals(Errno.ENOSPC, errorOf(() -> user.write("new", "n")));
        assertEquals(Errno.ENOSPC, errorOf(() -> user.mkdir("dir")));
        assertFalse(has(t, "new") || has(b, "new"));
        a.failChanges(null);
    }

    @Test
    void rule07OfPlan9WithoutCNothingIsMade() throws Exception {
        try (TestUnion plan9 = new TestUnion(t, true, Set.of())) {
            long one = plan9.before(b);
            assertEquals(Errno.EPERM, errorOf(() -> plan9.user.write("new", "n")));
            assertEquals(Errno.EEXIST, errorOf(() -> plan9.user.mkdir("x")));
            plan9.user.write("d/new", "n");
            assertTrue(has(b, "d/new"));
            plan9.head.remove(one, true);
            plan9.user.write("new", "n");
            assertTrue(has(t, "new"));
            plan9.assertNothingLeft();
        }
    }

    @Test
    void rule08ParentsAreMadeLikeThoseThatAreThere() throws Exception {
        TreeUser inside = new TreeUser(b);
        inside.mkdir("d/e");
        inside.chmod("d/e", 01730);
        inside.forgetAll();
        MemoryTree scratch = tree();
        union.before(b);
        union.before(scratch, "c");
        user.write("d/e/new", "n");
        assertEquals("n", read(scratch, "d/e/new"));
        assertEquals(01730, stat(scratch, "d/e").mode & 07777);
        assertEquals(0755, stat(scratch, "d").mode & 07777);
        assertFalse(has(b, "d/e/new"));
        assertEquals(List.of("e", "2"), user.list("d"));
    }

    @Test
    void rule08NoParentsForWhatFails() throws Exception {
        MemoryTree scratch = tree();
        union.before(b);
        union.before(scratch, "c");
        assertEquals(Errno.EEXIST, errorOf(() -> user.mkdir("d/2")));
        assertFalse(has(scratch, "d"));
        TestUnion.fill(scratch, "z=file");
        TestUnion.fill(b, "q/", "q/z/");
        assertEquals(Errno.EISDIR, errorOf(() -> user.rename("y", "q/z")));
        assertFalse(has(scratch, "q"));
    }

    @Test
    void rule09WhatIsThereIsWrittenWhereItIs() throws Exception {
        union.before(b);
        union.before(a, "c");
        user.write("y", "new");
        assertEquals("new", read(b, "y"));
        assertFalse(has(a, "y"));
        user.truncate("y", 1);
        user.chmod("y", 0600);
        assertEquals(0600, stat(b, "y").mode & 0777);
        try (OpenFile file = user.create("y", O_RDWR, 0100644)) {
            user.write(file, 0, "N");
        }
        assertEquals("N", read(b, "y"));
        assertFalse(has(a, "y") || has(t, "y"));
    }

    @Test
    void rule10RemovalShowsTheNext() throws Exception {
        union.before(b);
        union.before(a);
        user.unlink("x");
        assertEquals("b", user.read("x"));
        user.unlink("x");
        assertFalse(user.exists("x"));
        assertFalse(has(a, "x") || has(b, "x"));
    }

    @Test
    void rule10AMergedDirectoryGoesFromAllOrNone() throws Exception {
        union.before(b);
        union.before(a);
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rmdir("d")));
        user.unlink("d/1");
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rmdir("d")));
        user.unlink("d/2");
        user.rmdir("d");
        assertFalse(has(a, "d") || has(b, "d"));
        assertFalse(user.exists("d"));
    }

    @Test
    void rule10WhatWasRemovedIsMadeAgain() throws Exception {
        union.before(b);
        union.before(a);
        user.unlink("d/1");
        user.unlink("d/2");
        TreeUser inside = new TreeUser(b);
        inside.chmod("d", 03751);
        AttributeChanges old = new AttributeChanges();
        old.what = AttributeChanges.MODIFY_TIME
                | AttributeChanges.UID
                | AttributeChanges.GID;
        old.modifySeconds = 1234;
        old.uid = 5;
        old.gid = 6;
        inside.change("d", old);
        inside.forgetAll();
        a.failChanges(Errno.EACCES);

        assertEquals(Errno.EACCES, errorOf(() -> user.rmdir("d")));

        a.failChanges(null);
        Attributes again = stat(b, "d");
        assertEquals(03751, again.mode & 07777);
        assertEquals(1234, again.modifySeconds);
        assertEquals(5, again.uid);
        assertEquals(6, again.gid);
        assertTrue(user.exists("d"));
        user.rmdir("d");
    }

    @Test
    void rule10AFileBehindADirectoryAppears() throws Exception {
        MemoryTree c = tree("d=file");
        union.before(c);
        union.before(a);
        user.unlink("d/1");
        user.rmdir("d");
        assertEquals("file", user.read("d"));
    }

    @Test
    void rule11RenameStaysInTheMember() throws Exception {
        union.before(b);
        union.before(a, "c");
        user.rename("y", "z");
        assertEquals("y", read(b, "z"));
        assertFalse(has(a, "z"));
        user.rename("x", "w");
        assertEquals("a", user.read("w"));
        assertEquals("b", user.read("x"));
    }

    @Test
    void rule11MissingParentsAreMade() throws Exception {
        TestUnion.fill(t, "q/", "q/r/");
        union.before(b);
        user.rename("y", "q/r/z");
        assertEquals("y", read(b, "q/r/z"));
        assertFalse(has(t, "q/r/z"));
    }

    @Test
    void rule11AnEarlierFileOfTheNewNameGoes() throws Exception {
        union.before(b);
        union.before(a);
        user.rename("y", "x");
        assertEquals("y", user.read("x"));
        assertFalse(has(a, "x"));
        assertFalse(user.exists("y"));
        assertEquals("y", read(b, "x"));
        assertEquals(List.of("x", "d"), names(b));
    }

    @Test
    void rule11IfTheEarlierFileCannotGoNothingHasChanged() throws Exception {
        union.before(b);
        union.before(a);
        a.failChanges(Errno.EACCES);
        assertEquals(Errno.EACCES, errorOf(() -> user.rename("y", "x")));
        a.failChanges(null);
        assertEquals("a", user.read("x"));
        assertEquals("y", user.read("y"));
        assertEquals("b", read(b, "x"));
    }

    @Test
    void rule11SeveralEarlierFilesGo() throws Exception {
        MemoryTree c = tree("y=c");
        union.before(b);
        union.before(c);
        union.before(tree("y=first"));
        user.rename("t", "y");
        assertEquals("t", user.read("y"));
        assertEquals(List.of("y"), names(t));
        assertEquals(List.of(), names(c));
    }

    @Test
    void rule11ALaterFileOfTheNewNameStaysHidden() throws Exception {
        union.before(b);
        union.before(a);
        TestUnion.fill(a, "n=n");
        user.rename("n", "y");
        assertEquals("n", user.read("y"));
        assertEquals("y", read(b, "y"));
        user.unlink("y");
        assertEquals("y", user.read("y"));
    }

    @Test
    void rule11AMergedDirectoryIsRenamedInEach() throws Exception {
        union.before(b);
        union.before(a);
        FileNode node = user.node("d");
        long number = user.stat("d").inode;
        user.rename("d", "e");
        assertEquals(List.of("1", "2"), user.list("e"));
        assertFalse(user.exists("d"));
        assertTrue(has(a, "e/1") && has(b, "e/2"));
        assertSame(node, user.node("e"));
        assertEquals(number, user.stat("e").inode);
    }

    @Test
    void rule11AMergedRenameIsRolledBack() throws Exception {
        TestUnion.fill(b, "e/");
        union.before(b);
        union.before(a);
        b.failChanges(Errno.EIO);
        assertEquals(Errno.EIO, errorOf(() -> user.rename("d", "f")));
        assertEquals(Errno.EIO, errorOf(() -> user.rename("d", "e")));
        b.failChanges(null);
        assertEquals(List.of("1", "2"), user.list("d"));
        assertEquals(List.of(), user.list("e"));
        assertFalse(user.exists("f"));
        assertFalse(has(a, "e"));
        user.rename("d", "e");
        assertEquals(List.of("1", "2"), user.list("e"));
    }

    @Test
    void rule11NoreplaceAndExclTestTheMergedView() throws Exception {
        union.before(b, "c");
        assertEquals(Errno.EEXIST, errorOf(() -> user.rename("y", "t", NOREPLACE)));
        assertEquals(Errno.EEXIST, errorOf(() -> user.create("t", O_RDWR | O_EXCL, 0100644)));
        user.rename("y", "z", NOREPLACE);
        assertEquals("y", user.read("z"));
    }

    @Test
    void rule11AcrossMembersIsRefusedBeforeAnyChange() throws Exception {
        union.before(b);
        assertEquals(Errno.EXDEV, errorOf(() -> user.rename("y", "t", EXCHANGE)));
        assertEquals("y", user.read("y"));
        assertEquals("t", user.read("t"));
        user.rename("x", "y", EXCHANGE);
        assertEquals("b", user.read("y"));
        assertEquals("y", user.read("x"));
    }

    @Test
    void rule11AMergedDirectoryIsNotExchanged() throws Exception {
        union.before(b);
        union.before(a);
        assertEquals(Errno.EXDEV, errorOf(() -> user.rename("d", "x", EXCHANGE)));
        assertEquals(List.of("1", "2"), user.list("d"));
    }

    @Test
    void rule11NoFileVanishesBehindAnObstacle() throws Exception {
        MemoryTree c = tree("n/", "n/file=1");
        union.before(c);
        union.before(b);
        TestUnion.fill(b, "n=hides");
        assertEquals(Errno.EISDIR, errorOf(() -> {
            union.head.reorder(List.of(2L, 3L, 1L));
            user.rename("y", "n");
        }));
        union.head.reorder(List.of(3L, 2L, 1L));
        assertEquals(Errno.EXDEV, errorOf(() -> user.rename("t", "n")));
        assertEquals("hides", user.read("n"));
        assertEquals("t", user.read("t"));
    }

    @Test
    void rule12HardLinksAreOneFile() throws Exception {
        union.before(b);
        union.before(a, "c");
        user.link("y", "d/link");
        assertTrue(has(b, "d/link"));
        assertEquals(user.stat("y").inode, user.stat("d/link").inode);
        assertSame(user.node("y"), user.node("d/link"));
        assertEquals(2, user.stat("y").links);
    }

    @Test
    void rule12NumbersOfTheFirstDeviceAreKeptAndNoneIsTwice() throws Exception {
        union.before(b);
        union.before(a);
        assertEquals(stat(t, "t").inode, user.stat("t").inode);
        long x = user.stat("x").inode;
        long y = user.stat("y").inode;
        assertEquals(4, Set.of(x, y, user.stat("t").inode, user.stat("d/1").inode).size());
        long device = user.stat("").device;
        for (String path : List.of("x", "y", "t", "d", "d/1", "d/2")) {
            assertEquals(device, user.stat(path).device);
        }
    }

    @Test
    void rule12AMergedDirectoryKeepsItsNumber() throws Exception {
        union.before(b);
        long first = union.before(a);
        long number = user.stat("d").inode;
        FileNode node = user.node("d");
        union.head.remove(first, true);
        assertEquals(number, user.stat("d").inode);
        assertSame(node, user.node("d"));
        assertEquals(List.of("2"), user.list("d"));
        assertNotEquals(stat(b, "d").inode, number);
    }

    @Test
    void rule12AMergedDirectoryHasTheSameNumberNextTime() throws Exception {
        union.before(b);
        union.before(a);
        long number = user.stat("d").inode;
        user.forgetAll();
        try (TestUnion again = new TestUnion(t)) {
            again.before(b);
            again.before(a);
            assertEquals(number, again.user.stat("d").inode);
            again.assertNothingLeft();
        }
    }

    @Test
    void rule13AMemberThatGoesLeavesTheOthersAndItsOpenFiles() throws Exception {
        long id = union.before(b);
        try (OpenFile file = user.open("y", O_RDWR)) {
            assertEquals(1, union.head.handles(id));
            assertEquals(Errno.EBUSY, errorOf(() -> union.head.remove(id, true)));
            assertEquals("y", user.read("y"));
            union.head.remove(id, false);
            assertFalse(user.exists("y"));
            assertEquals("y", user.read(file));
            user.write(file, 0, "Y");
            assertEquals(1, union.head.handles(id));
        }
        assertEquals(0, union.head.handles(id));
        assertEquals("Y", read(b, "y"));
        assertEquals("t", user.read("t"));
    }

    @Test
    void rule14AfterTheLastTheTargetIsBack() throws Exception {
        long id = union.before(b);
        user.write("new", "n");
        FileNode root = user.node("");
        long number = user.stat("").inode;
        union.head.remove(id, true);
        assertEquals(List.of("t", "new"), user.list(""));
        assertSame(root, user.node(""));
        assertEquals(number, user.stat("").inode);
        assertEquals(Errno.EINVAL, errorOf(() -> union.head.remove(1, true)));
    }

    @Test
    void rule15AUnionIsAMemberOfAnother() throws Exception {
        union.before(b);
        MemoryTree own = tree("o=o", "d/", "d/3=three");
        try (TestUnion outer = new TestUnion(own)) {
            outer.head.add(
                    new UnionMember(
                            7, "inner", union.head.files(), true, false, Set.of()),
                    true);
            assertEquals(List.of("2", "3"), outer.user.list("d"));
            assertEquals("t", outer.user.read("t"));
            outer.user.write("new", "n");
            assertTrue(has(t, "new"));
            outer.user.rename("d", "e");
            assertTrue(has(b, "e/2") && has(own, "e/3"));
            assertEquals(List.of("2"), user.list("e"));
            outer.head.remove(7, true);
            assertEquals(List.of("3"), outer.user.list("e"));
            outer.assertNothingLeft();
        }
    }

    @Test
    void rule18EachMemberKeepsItsFlags() throws Exception {
        TreeUser inside = new TreeUser(b);
        inside.chmod("x", 06755);
        inside.chmod("d", 02755);
        inside.forgetAll();
        long id = union.before(b, "ro", "nosuid", "noexec");
        assertEquals(0644, user.stat("x").mode & 07777);
        assertEquals(02755, user.stat("d").mode & 07777);
        assertEquals(Errno.EROFS, errorOf(() -> user.open("x", O_RDWR)));
        assertEquals(Errno.EROFS, errorOf(() -> user.chmod("x", 0600)));
        assertEquals(Errno.EROFS, errorOf(() -> user.unlink("x")));
        assertEquals(Errno.EROFS, errorOf(() -> user.rename("x", "z")));
        assertEquals(Errno.EROFS, errorOf(() -> user.link("x", "z")));
        user.stat("d");
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rmdir("d")));
        assertEquals("b", user.read("x"));
        user.write("new", "n");
        assertTrue(has(t, "new"));
        assertEquals(Set.of("ro", "nosuid", "noexec"), union.head.members().get(0).flags());
        union.head.remove(id, true);
    }

    @Test
    void rule19NamesAreBytes() throws Exception {
        union.before(b, "c");
        TestUnion.fill(t, "strange\n\u00ff/", "strange\n\u00ff/in=1");
        user.write("strange\n\u00ff/\u00fe\t, :=\\\"", "s");
        assertEquals("s", read(b, "strange\n\u00ff/\u00fe\t, :=\\\""));
        assertEquals(2, user.list("strange\n\u00ff").size());
    }
}
