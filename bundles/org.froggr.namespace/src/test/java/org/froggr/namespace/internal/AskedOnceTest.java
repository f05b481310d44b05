package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often members are asked for what one call of a program needs, and that what has changed meanwhile is seen. */
class AskedOnceTest {
    /** What is known for a moment only is gone when the machine was busy: then it is tried again. */
    private static final int TRIES = 1000;

    private static final TreeListener NOBODY = new TreeListener() {
        @Override
        public void entryChanged(FileNode directory, byte[] name) {}

        @Override
        public void attributesChanged(FileNode node) {}

        @Override
        public void contentsChanged(FileNode node) {}
    };

    private final Space space = new Space(message -> {});
    private final List<MemoryTree> files = new ArrayList<>();
    private final List<MirrorTree> members = new ArrayList<>();
    private final Attributes out = new Attributes();
    private Head head;
    private TreeUser user;

    @BeforeEach
    void makeThree() throws ErrnoException {
        space.listeners.add(NOBODY);
        for (int i = 0; i < 3; i++) {
            files.add(TestUnion.tree("d/", "d/f" + i + "=" + i));
            members.add(new MirrorTree(files.get(i)));
            UnionMember member = new UnionMember(i, "m" + i, members.get(i), i == 0, i == 2, Set.of());
            if (i == 0) {
                head = (Head) space.open("1", new UnionOptions(false), member);
            } else {
                head.add(member, false);
            }
        }
        user = new TreeUser(head.files());
    }

    @AfterEach
    void nothingIsLeft() {
        user.forgetAll();
        assertEquals(0, head.table.size());
        for (MirrorTree member : members) {
            assertEquals(0, member.lookups.get());
            assertEquals(0, member.handles.get());
        }
        space.close();
    }

    private int asked() {
        return members.stream().mapToInt(member -> member.asked.get()).sum();
    }

    /** Looks up one more than there are. */
    private FileNode lookup(FileNode directory, FileName name) throws ErrnoException {
        out.clear();
        return user.keep(directory.lookup(name, out));
    }

    private static List<FileName> names(OpenDirectory open) throws ErrnoException {
        List<FileName> names = new ArrayList<>();
        open.read(0, (name, inode, type, next) -> names.add(FileName.of(name.bytes())));
        return names;
    }

    /** Looks all up in their order, as a listing with attributes does, and reads one. */
    private String contents(FileNode directory, List<FileName> names, String wanted) throws ErrnoException {
        FileNode found = null;
        for (FileName name : names) {
            FileNode node = lookup(directory, name);
            found = name.toString().equals(wanted) ? node : found;
        }
        try (OpenFile open = found.open(0, TestRequester.ROOT)) {
            return user.read(open);
        }
    }

    @Test
    void directoryThatIsMetIsAskedForOnceInEachMember() throws ErrnoException {
        user.node("");
        int before = asked();
        lookup(head.root(), FileName.of("d"));
        assertEquals(3, asked() - before);
        assertEquals(2, out.links);
    }

    @Test
    void listingWithAttributesAsksThePartThatShowedAName() throws ErrnoException {
        FileNode directory = user.node("d");
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TRIES && least > 3; i++) {
            try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
                List<FileName> names = names(open);
                int before = asked();
                for (FileName name : names) {
                    assertNotNull(lookup(directory, name));
                    assertTrue(out.entryValidityMillis > 0);
                }
                least = Math.min(least, asked() - before);
            }
        }
        assertEquals(3, least);
    }

    @Test
    void whatTheUnionMovesThereAfterAListingIsFound() throws ErrnoException {
        FileNode directory = user.node("d");
        for (int i = 0; i < 50; i++) {
            TestUnion.fill(files.get(0), "d/moved=moved");
            TestUnion.fill(files.get(2), "d/last=last");
            try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
                List<FileName> names = names(open);
                directory.rename(FileName.of("moved"), directory, FileName.of("last"), 0, TestRequester.ROOT);
                assertEquals("moved", contents(directory, names, "last"));
            }
            user.unlink("d/last");
        }
    }

    @Test
    void whatAMemberTellsOfAfterAListingIsFound() throws ErrnoException {
        FileNode directory = user.node("d");
        MemberEvents events = new MemberEvents(head.present().find(0));
        FileNode inMember = members.get(0).root().lookup(FileName.of("d"), new Attributes());
        byte[] name = FileName.of("f2").bytes();
        for (int i = 0; i < 50; i++) {
            try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
                List<FileName> names = names(open);
                TestUnion.fill(files.get(0), "d/f2=first");
                events.entryChanged(inMember, name);
                assertEquals("first", contents(directory, names, "f2"));
            }
            new TreeUser(files.get(0)).unlink("d/f2");
            events.entryChanged(inMember, name);
        }
        inMember.forget(1);
    }

    @Test
    void creationDoesNotAskWhatALookupHasJustSaid() throws ErrnoException {
        FileNode directory = user.node("d");
        FileName name = FileName.of("new");
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TRIES && least > 3; i++) {
            int before = asked();
            assertNull(lookup(directory, name));
            CreatedFile made =
                    directory.create(name, TreeUser.O_RDWR | TreeUser.O_EXCL, 0100644, TestRequester.ROOT, out);
            user.keep(made.node());
            made.file().close();
            least = Math.min(least, asked() - before);
            directory.unlink(name, TestRequester.ROOT);
        }
        assertEquals(3, least);
    }

    @Test
    void whatHasGotTheNameSinceTheLookupIsThere() throws ErrnoException {
        FileNode directory = user.node("d");
        FileName name = FileName.of("new");
        for (int i = 0; i < 50; i++) {
            assertNull(lookup(directory, name));
            directory.rename(FileName.of("f2"), directory, name, 0, TestRequester.ROOT);
            assertEquals(
                    Errno.EEXIST,
                    TreeUser.errorOf(() -> directory.makeNode(name, 0100644, 0, TestRequester.ROOT, out)));
            directory.rename(name, directory, FileName.of("f2"), 0, TestRequester.ROOT);
        }
        assertEquals(0, head.negatives.size());
    }

    @Test
    void lastMemberForgetsTheNameOfWhatIsOpenThere() throws ErrnoException {
        try (OpenFile open = user.open("d/f2", 0)) {
            user.unlink("d/f2");
            assertEquals("2", user.read(open));
            assertNull(lookup(user.node("d"), FileName.of("f2")));
            assertEquals(1, head.handles(2));
            int[] nameless = new int[1];
            head.table.forEach(node -> nameless[0] += node.name == null ? 1 : 0);
            assertEquals(1, nameless[0]);
        }
    }
}
