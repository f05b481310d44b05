package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.froggr.linux.Ids;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of a union is found again by the next process. */
class UnionHandleTest {
    private final List<LocalMember> members = new ArrayList<>();
    private Restart restart;

    @BeforeEach
    void needsPrivilege() {
        assumeTrue(Ids.euid() == 0, "handles need CAP_DAC_READ_SEARCH");
    }

    @AfterEach
    void remove() throws Exception {
        if (restart != null) {
            restart.close();
        }
        for (LocalMember member : members) {
            member.close();
        }
    }

    static List<Path> everywhere() {
        return LocalMember.EVERYWHERE;
    }

    private TreeUser begin(Path below) throws Exception {
        restart = new Restart(false);
        for (int i = 0; i < 2; i++) {
            members.add(new LocalMember(below));
            members.get(i).sh("mkdir d; echo " + i + " > d/f" + i);
            restart.with(members.get(i).tree());
        }
        restart.start();
        return restart.user();
    }

    /** The trees are other ones, and so is the space. */
    private void startAnew() throws Exception {
        restart.space().close();
        for (int i = 0; i < 2; i++) {
            members.get(i).closeTrees();
            restart.replaceTree(i, members.get(i).tree());
        }
        restart.start(1, 0);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFileWithoutAName(Path below) throws Exception {
        TreeUser user = begin(below);
        Attributes before = user.stat("d/f1");
        byte[] handle = user.node("d/f1").persistentHandle();
        assertTrue(handle.length <= 160);
        Path file = members.get(1).path.resolve("d/f1");
        try (FileChannel kept = FileChannel.open(file, StandardOpenOption.READ)) {
            user.unlink("d/f1");
            user.forgetAll();
            startAnew();
            FileNode found = restart.space().files().find(handle);
            assertTrue(kept.isOpen());
            assertNotNull(found);
            Attributes out = new Attributes();
            found.attributes(out);
            assertEquals(before.inode, out.inode);
            assertEquals(0, out.links);
            assertSame(found, restart.head().files().find(handle));
            try (OpenFile open = found.open(TreeUser.O_RDWR, TestRequester.ROOT)) {
                found.forget(2);
                open.attributes(out);
                assertEquals(2, out.size);
                open.sync(false);
            }
        }
        assertEquals(0, restart.head().table.size());
        assertNull(restart.space().files().find(handle));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFileThatHasAName(Path below) throws Exception {
        TreeUser user = begin(below);
        byte[] handle = user.node("d/f0").persistentHandle();
        assertNull(user.node("d").persistentHandle());
        user.forgetAll();
        startAnew();
        TreeUser next = restart.user();
        FileNode found = next.keep(restart.space().files().find(handle));
        assertSame(found, next.node("d/f0"));
        next.rename("d/f0", "d/g");
        assertSame(found, next.node("d/g"));
        byte[] otherUnion = handle.clone();
        otherUnion[7]++;
        assertNull(restart.space().files().find(otherUnion));
        assertNull(restart.head().files().find(otherUnion));
        byte[] otherMember = handle.clone();
        otherMember[15] += 5;
        assertNull(restart.space().files().find(otherMember));
        assertNull(restart.space().files().find(new byte[3]));
        next.forgetAll();
        assertEquals(0, restart.head().table.size());
    }
}
