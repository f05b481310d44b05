package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members come and go: nobody is shown what is not so any more. */
class MembershipTest {
    private static final int LONG = 3_600_000;

    /** Notes what a kernel would be told. */
    private static final class Told implements TreeListener {
        final Set<String> entries = Collections.synchronizedSet(new HashSet<>());
        final Set<FileNode> contents = Collections.synchronizedSet(new HashSet<>());
        final Set<FileNode> attributes = Collections.synchronizedSet(new HashSet<>());

        @Override
        public void entryChanged(FileNode directory, byte[] name) {
            String in = directory instanceof DirectoryNode d && !d.isRoot()
                    ? new String(d.name, StandardCharsets.ISO_8859_1) + "/"
                    : "";
            entries.add(in + new String(name, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void attributesChanged(FileNode node) {
            attributes.add(node);
        }

        @Override
        public void contentsChanged(FileNode node) {
            contents.add(node);
        }
    }

    private final Told told = new Told();
    private MemoryTree a;
    private MemoryTree t;
    private TestUnion union;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        a = tree("x=a", "only=a", "d/", "d/1=one");
        t = tree("x=t", "t=t", "d/", "d/2=two", "e/", "e/f=f");
        a.validity(LONG);
        t.validity(LONG);
        union = new TestUnion(t);
        user = union.user;
        union.space.files().watch(told);
    }

    @AfterEach
    void nothingIsLeft() {
        union.assertNothingLeft();
        union.close();
    }

    private void knowAll() throws Exception {
        for (String path : List.of("x", "t", "only", "d", "d/1", "d/2", "e", "e/f", "none", "d/none", "e/none")) {
            user.find(path, new Attributes());
        }
    }

    private int validity(String path) throws Exception {
        Attributes out = new Attributes();
        user.find(path, out);
        return out.entryValidityMillis;
    }

    @Test
    void oneThatComesFirstIsToldOf() throws Exception {
        knowAll();
        union.before(a);
        Set<String> changed = Set.of("x", "t", "d/2", "only", "none", "d/none", "d/1");
        assertTrue(told.entries.containsAll(changed), told.entries::toString);
        assertFalse(told.entries.contains("e/f"));
        assertFalse(told.entries.contains("d"), "somebody may work in it");
        assertTrue(told.contents.containsAll(Set.of(user.node(""), user.node("d"))));
        assertFalse(told.contents.contains(user.node("e")));
        assertEquals("a", user.read("x"));
    }

    @Test
    void oneThatComesLastChangesWhatIsNotThere() throws Exception {
        knowAll();
        union.after(a);
        assertTrue(told.entries.containsAll(Set.of("only", "d/1")), told.entries::toString);
        assertFalse(told.entries.contains("x") || told.entries.contains("d/2"), told.entries::toString);
        assertEquals("one", user.read("d/1"));
    }

    @Test
    void oneThatGoesIsToldOf() throws Exception {
        long id = union.before(a);
        knowAll();
        told.entries.clear();
        union.head.remove(id, true);
        assertTrue(told.entries.containsAll(Set.of("x", "only", "d/1")), told.entries::toString);
        assertFalse(told.entries.contains("d/2") || told.entries.contains("t"));
        assertEquals("t", user.read("x"));
        assertFalse(user.exists("only"));
    }

    @Test
    void aDirectoryThatIsNotThereAnyMoreIsToldOf() throws Exception {
        TestUnion.fill(a, "alone/", "alone/f=1");
        long id = union.before(a);
        knowAll();
        user.stat("alone/f");
        union.head.remove(id, true);
        assertTrue(told.entries.contains("alone"), told.entries::toString);
        assertFalse(user.exists("alone"));
    }

    @Test
    void anotherOrderIsToldOf() throws Exception {
        long id = union.before(a);
        knowAll();
        told.entries.clear();
        union.head.reorder(List.of(1L, id));
        assertTrue(told.entries.containsAll(Set.of("x", "d/1")), told.entries::toString);
        assertEquals("t", user.read("x"));
        assertEquals(List.of(1L, id), union.head.members().stream().map(m -> m.id()).toList());
        assertEquals(Errno.EINVAL, errorOf(() -> union.head.reorder(List.of(1L))));
        assertEquals(Errno.EINVAL, errorOf(() -> union.head.reorder(List.of(1L, 1L))));
    }

    @Test
    void aFileThatStaysIsTheSameNode() throws Exception {
        FileNode node = user.node("t");
        FileNode directory = user.node("e");
        long id = union.before(a);
        assertSame(node, user.node("t"));
        assertSame(directory, user.node("e"));
        union.head.remove(id, true);
        assertSame(node, user.node("t"));
    }

    @Test
    void namesAreValidAsLongAsAllThatWereAskedSay() throws Exception {
        union.before(a);
        assertTrue(validity("t") > LONG - 60_000);
        assertTrue(validity("none") > LONG - 60_000);
        a.validity(1000);
        assertTrue(validity("t") <= 1000);
        assertTrue(validity("none") <= 1000);
        assertTrue(validity("only") <= 1000);
    }

    @Test
    void whoUsesItTwoWaysHearsWithinASecond() throws Exception {
        assertTrue(validity("t") > LONG - 60_000);
        AutoCloseable second = union.head.files().watch(new Told());
        assertEquals(1000, validity("t"));
        second.close();
        assertTrue(validity("t") > LONG - 60_000);
    }

    @Test
    void namesThatAreNotThereAreRememberedUpToABound() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            assertFalse(user.exists("none" + i));
            assertTrue(union.head.negatives.size() <= 2048);
        }
    }

    @Test
    void namesThatAreMadeAreNotRememberedAsMissing() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertFalse(user.exists("new" + i));
            user.mkdir("new" + i);
        }
        assertEquals(0, union.head.negatives.size());
    }

    @Test
    void changesFromElsewhereAreHandedOn() throws Exception {
        union.before(a);
        knowAll();
        told.entries.clear();
        told.contents.clear();
        TreeUser inside = new TreeUser(t);
        FileNode directory = inside.node("d");
        FileNode file = inside.node("t");
        TestUnion.fill(t, "d/none=now");
        for (TreeListener listener : t.listeners()) {
            listener.entryChanged(directory, TreeUser.name("none").bytes());
            listener.contentsChanged(file);
            listener.attributesChanged(directory);
        }
        inside.forgetAll();
        assertEquals(Set.of("d/none"), told.entries);
        assertEquals(Set.of(user.node("t")), told.contents);
        assertEquals(Set.of(user.node("d")), told.attributes);
        assertEquals("now", user.read("d/none"));
    }

    @Test
    void aDirectoryMadeBehindOurBackIsMerged() throws Exception {
        union.before(a);
        assertEquals(List.of("f"), user.list("e"));
        FileNode node = user.node("e");
        TestUnion.fill(a, "e/", "e/g=g");
        for (TreeListener listener : a.listeners()) {
            listener.entryChanged(a.root(), TreeUser.name("e").bytes());
        }
        assertEquals(List.of("g", "f"), user.list("e"));
        assertSame(node, user.node("e"));
    }

    @Test
    void noMemberIsListenedToAnyMoreWhenItIsGone() throws Exception {
        long id = union.before(a);
        assertEquals(1, a.listeners().size());
        union.head.remove(id, true);
        assertEquals(0, a.listeners().size());
        union.close();
        assertEquals(0, t.listeners().size());
    }

    @Test
    void aListingGoesOnWithTheMembersItBeganWith() throws Exception {
        long id = union.before(a);
        try (OpenDirectory directory = user.node("").openDirectory(TestRequester.ROOT)) {
            long[] offset = new long[1];
            directory.read(0, (name, inode, type, next) -> {
                boolean first = offset[0] == 0;
                offset[0] = first ? next : offset[0];
                return first;
            });
            assertEquals(Errno.EBUSY, errorOf(() -> union.head.remove(id, true)));
            union.head.remove(id, false);
            Set<String> rest = new HashSet<>();
            directory.read(offset[0], (name, inode, type, next) -> rest.add(name.toString()));
            assertEquals(Set.of("only", "d", "t", "e"), rest);
            assertEquals(List.of("x", "t", "d", "e"), TreeUser.list(directory));
        }
    }

    @Test
    void theSpaceShowsItsUnions() throws Exception {
        TreeUser all = new TreeUser(union.space.files());
        assertEquals(List.of("1"), all.list(""));
        assertEquals("t", all.read("1/t"));
        assertEquals(0040555, all.stat("").mode);
        assertEquals(all.stat("").device, all.stat("1/d").device);
        assertSame(user.node("e"), all.node("1/e"));
        assertEquals(Errno.EROFS, errorOf(() -> all.mkdir("2")));
        assertFalse(all.exists("2"));
        union.space.open("2", new UnionOptions(false), union.head.members().get(0));
        assertTrue(all.exists("2/x"));
        assertTrue(told.entries.contains("2"));
        assertEquals(List.of("1", "2"), all.list(""));
        all.forgetAll();
        union.space.find("2").close();
        assertFalse(all.exists("2"));
        all.forgetAll();
    }
}
