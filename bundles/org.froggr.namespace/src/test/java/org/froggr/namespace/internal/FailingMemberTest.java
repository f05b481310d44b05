package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 4: a member that fails makes none of the others fail. */
class FailingMemberTest {
    private final MemoryTree a = new MemoryTree();
    private MemoryTree b;
    private TestUnion union;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        TestUnion.fill(a, "x=a", "d/", "d/1=one");
        a.validity(0);
        b = tree("x=b", "y=y", "d/", "d/2=two");
        union = new TestUnion(tree("t=t"));
        user = union.user;
        union.before(b);
    }

    @AfterEach
    void nothingIsLeft() {
        a.fail(null);
        union.assertNothingLeft();
        union.close();
    }

    @Test
    void itIsPassedOverAndReportedOnce() throws Exception {
        union.before(a);
        user.stat("d");
        for (Errno errno : List.of(Errno.EIO, Errno.ENOTCONN, Errno.ESTALE, Errno.ETIMEDOUT)) {
            a.fail(errno);
            assertEquals("b", user.read("x"));
            assertEquals("two", user.read("d/2"));
            assertFalse(user.exists("none"));
            assertEquals(List.of("x", "y", "d", "t"), user.list(""));
            assertEquals(List.of("2"), user.list("d"));
            user.stat("d");
        }
        assertEquals(1, union.said.size(), union.said.toString());
        assertTrue(union.said.get(0).contains("before3"), union.said.get(0));
        a.fail(null);
        assertEquals("a", user.read("x"));
    }

    @Test
    void nothingIsMadeBehindIt() throws Exception {
        union.before(a);
        a.fail(Errno.EIO);
        assertEquals(Errno.EIO, errorOf(() -> user.write("new", "n")));
        assertEquals(Errno.EIO, errorOf(() -> user.mkdir("new")));
        assertEquals(Errno.EIO, errorOf(() -> user.rename("y", "new")));
        assertEquals(Errno.EIO, errorOf(() -> user.link("y", "new")));
        assertEquals(Errno.EEXIST, errorOf(() -> user.mkdir("y")));
        user.write("y", "changed");
        assertEquals("changed", user.read("y"));
        user.unlink("y");
        assertFalse(user.exists("y"));
    }

    @Test
    void whatIsMadeBeforeItIsMade() throws Exception {
        union.after(a);
        a.fail(Errno.EIO);
        union.before(tree(), "c");
        user.write("new", "n");
        user.write("d/new", "n");
        assertEquals("n", user.read("d/new"));
    }

    @Test
    void aloneItsErrorIsTheAnswer() throws Exception {
        try (TestUnion one = new TestUnion(a)) {
            a.fail(Errno.ETIMEDOUT);
            assertEquals(Errno.ETIMEDOUT, errorOf(() -> one.user.list("")));
            assertEquals(Errno.ETIMEDOUT, errorOf(() -> one.head.root().lookup(
                    TreeUser.name("x"), new Attributes())));
            a.fail(null);
            one.assertNothingLeft();
        }
    }

    @Test
    void allOfThemItsErrorIsTheAnswer() throws Exception {
        union.before(a);
        a.fail(Errno.EIO);
        b.fail(Errno.EIO);
        assertEquals("t", user.read("t"));
        assertFalse(user.exists("x"));
        b.fail(null);
    }

    @Test
    void aTreeThatBreaksIsOneThatFails() throws Exception {
        union.head.add(
                new UnionMember(9, "broken", new BrokenTree(), false, false, Set.of()), true);
        assertEquals("b", user.read("x"));
        assertEquals(List.of("x", "y", "d", "t"), user.list(""));
        assertEquals(1, union.said.size());
    }
}
