package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.froggr.spi.tree.TreeUser.O_RDWR;
import static org.froggr.spi.tree.TreeUser.O_TRUNC;
import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member's tree is exchanged, and programs go on. */
class ExchangeTest {
    private static final long ID = 9;

    private MemoryTree files;
    private MirrorTree old;
    private MirrorTree next;
    private TestUnion union;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        files = tree("x=x", "d/", "d/1=one", "d/e/", "d/e/f=deep");
        old = new MirrorTree(files);
        next = new MirrorTree(files);
        union = new TestUnion(tree("t=t", "d/", "d/2=two"));
        union.alsoCheck(files);
        union.head.add(new UnionMember(ID, "exchanged", old, true, false, Set.of()), true);
        user = union.user;
    }

    @AfterEach
    void nothingIsLeft() {
        union.assertNothingLeft();
        union.close();
        for (MirrorTree tree : List.of(old, next)) {
            assertEquals(0, tree.handles.get(), "open files");
            assertEquals(0, tree.usedAfterStop.get(), "uses after the end");
            assertEquals(0, tree.keptUses.get(), "uses of open files after the end");
        }
        assertEquals(0, next.lookups.get(), "look-ups");
    }

    private void exchange() throws Exception {
        union.head.exchange(ID, next);
        old.stop();
        assertSame(next, union.head.members().get(0).tree());
    }

    @Test
    void openFilesGoOn() throws Exception {
        try (OpenFile file = user.open("d/1", O_RDWR | O_TRUNC);
                OpenFile other = user.open("t", O_RDWR)) {
            user.write(file, 0, "written");
            exchange();
            assertEquals("written", user.read(file));
            user.write(file, 7, " more");
            assertEquals("written more", user.read("d/1"));
            assertEquals("t", user.read(other));
            assertEquals(1, union.head.handles(ID));
        }
    }

    @Test
    void nodesStayTheSame() throws Exception {
        List<String> paths = List.of("x", "d", "d/1", "d/2", "d/e", "d/e/f", "t");
        List<FileNode> nodes = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (String path : paths) {
            nodes.add(user.node(path));
            numbers.add(user.stat(path).inode);
        }
        exchange();
        for (int i = paths.size() - 1; i >= 0; i--) {
            assertSame(nodes.get(i), user.node(paths.get(i)), paths.get(i));
            assertEquals(numbers.get(i), user.stat(paths.get(i)).inode, paths.get(i));
        }
    }

    @Test
    void nodesThatAreKnownWork() throws Exception {
        FileNode deep = user.node("d/e/f");
        FileNode directory = user.node("d/e");
        exchange();
        try (OpenFile file = deep.open(0, TestRequester.ROOT)) {
            assertEquals("deep", user.read(file));
        }
        user.keep(directory.makeDirectory(
                TreeUser.name("new"), 0755, TestRequester.ROOT, new Attributes()));
        assertTrue(user.exists("d/e/new"));
        assertSame(deep, user.node("d/e/f"));
    }

    @Test
    void whatWasRenamedIsFoundByItsNewName() throws Exception {
        FileNode node = user.node("d/e/f");
        try (OpenFile file = user.open("d/e/f", 0)) {
            user.rename("d/e", "moved");
            user.rename("moved/f", "moved/g");
            exchange();
            assertEquals("deep", user.read(file));
            assertSame(node, user.node("moved/g"));
        }
    }

    @Test
    void aListingGoesOn() throws Exception {
        try (OpenDirectory directory = user.node("d").openDirectory(TestRequester.ROOT)) {
            List<String> names = new ArrayList<>();
            long[] offset = new long[1];
            directory.read(0, (name, inode, type, next1) -> {
                if (names.size() == 1) {
                    return false;
                }
                offset[0] = next1;
                return names.add(name.toString());
            });
            exchange();
            directory.read(offset[0], (name, inode, type, next1) -> names.add(name.toString()));
            assertEquals(List.of("1", "e", "2"), names);
        }
    }

    @Test
    void whatHasLostItsNameStaysOpenInTheTreeBefore() throws Exception {
        FileNode node = user.node("d/1");
        try (OpenFile file = user.open("x", O_RDWR);
                OpenFile gone = user.open("d/1", O_RDWR);
                OpenDirectory removed = removedDirectory()) {
            user.unlink("d/1");
            user.write("d/1", "another");
            union.head.exchange(ID, next);
            assertEquals("one", user.read(gone));
            assertEquals("x", user.read(file));
            Attributes attributes = new Attributes();
            attributes.clear();
            node.attributes(attributes);
            assertEquals(3, attributes.size);
            MirrorTree third = new MirrorTree(files);
            union.head.exchange(ID, third);
            assertEquals("one", user.read(gone));
            removed.read(0, (name, inode, type, next1) -> fail("an entry"));
            assertEquals(1, third.handles.get());
            assertEquals("another", user.read("d/1"));
            user.write("x", "y");
        }
    }

    private OpenDirectory removedDirectory() throws Exception {
        user.keep(user.node("d").makeDirectory(TreeUser.name("r"), 0755, TestRequester.ROOT, new Attributes()));
        OpenDirectory open = user.node("d/r").openDirectory(TestRequester.ROOT);
        user.rmdir("d/r");
        return open;
    }

    @Test
    void aListingOutlivesTwoExchanges() throws Exception {
        MirrorTree third = new MirrorTree(files);
        try (OpenDirectory directory = user.node("d").openDirectory(TestRequester.ROOT)) {
            exchange();
            union.head.exchange(ID, third);
            next.stop();
            List<String> names = new ArrayList<>();
            directory.read(0, (name, inode, type, next1) -> names.add(name.toString()));
            assertEquals(Set.of("1", "e", "2"), Set.copyOf(names));
        }
    }

    @Test
    void aTreeThatLacksAFileIsRefused() throws Exception {
        try (OpenFile file = user.open("d/1", O_RDWR)) {
            assertEquals(Errno.ESTALE, errorOf(() -> union.head.exchange(ID, tree("x=x"))));
            assertEquals("one", user.read(file));
        }
    }

    @Test
    void anOperationThatHangsEndsTheExchange() throws Exception {
        Member member = union.head.present().find(ID);
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        try {
            assertEquals(
                    Errno.ETIMEDOUT,
                    errorOf(() -> new Exchange(member, next).perform(Duration.ofMillis(20))));
        } finally {
            member.gate.exit(stripe);
        }
        assertEquals("x", user.read("x"));
    }

    @Test
    void heldOperationsWaitForTheNewTree() throws Exception {
        TreeUser other = new TreeUser(union.head.files());
        try (OpenFile elsewhere = user.open("t", O_RDWR)) {
            union.head.hold(ID);
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return other.read("d/1");
                } catch (Exception e) {
                    return e.toString();
                }
            });
            assertEquals("t", user.read(elsewhere));
            exchange();
            assertFalse(waiting.isDone());
            union.head.release(ID);
            assertEquals("one", waiting.get(10, TimeUnit.SECONDS));
        }
        other.forgetAll();
    }

    @Test
    void againAndAgain() throws Exception {
        MirrorTree last = old;
        FileNode node = user.node("d/1");
        try (OpenFile file = user.open("d/e/f", O_RDWR)) {
            for (int i = 0; i < 20; i++) {
                MirrorTree fresh = new MirrorTree(files);
                union.head.exchange(ID, fresh);
                last.stop();
                last = fresh;
                assertEquals("deep", user.read(file));
                if (i % 3 == 0) {
                    assertSame(node, user.node("d/1"));
                }
            }
        }
        assertEquals(20, union.head.present().find(ID).epoch());
    }
}
