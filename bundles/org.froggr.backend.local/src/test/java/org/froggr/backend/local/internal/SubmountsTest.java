package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is mounted below the root. */
class SubmountsTest {
    private Playground playground;
    private TreeUser user;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(Ids.euid() == 0, "mounts need root");
        playground = new Playground(Playground.DISK);
        playground.sh("mkdir a m; echo below > m/f");
    }

    @AfterEach
    void remove() throws Exception {
        if (playground != null) {
            for (String name : new String[] {"m", "a"}) {
                try {
                    Mounts.umount(at(name), Mounts.MNT_DETACH);
                } catch (ErrnoException e) {
                    assertTrue(e.is(Errno.EINVAL), e.getMessage());
                }
            }
            playground.close();
        }
    }

    private BytePath at(String name) {
        return BytePath.of(playground.path(name).toString());
    }

    private void mountTmpfs() throws Exception {
        Mounts.mount(BytePath.of("froggr-test"), at("m"), "tmpfs", 0, ByteText.encode("size=64k"));
        playground.sh("echo above > m/f");
    }

    @Test
    void theyAreShown() throws Exception {
        mountTmpfs();
        user = playground.user();
        assertEquals("above\n", user.read("m/f"));
        assertNotEquals(user.stat("a").device, user.stat("m").device);
        user.write("m/g", "x");
        assertEquals(Errno.EXDEV, TreeUser.errorOf(() -> user.rename("m/g", "a/g")));
        assertEquals(Errno.EXDEV, TreeUser.errorOf(() -> user.link("m/g", "g")));
        assertEquals(Errno.EBUSY, TreeUser.errorOf(() -> user.rmdir("m")));
        user.forgetAll();
    }

    @Test
    void orNotIfNotWanted() throws Exception {
        mountTmpfs();
        try (LocalTree tree = Playground.open(playground.path(), LocalOptions.DEFAULT.withoutSubmounts())) {
            user = Playground.user(tree);
            assertEquals("below\n", user.read("m/f"));
            assertEquals(user.stat("a").device, user.stat("m").device);
            user.forgetAll();
        }
    }

    @Test
    void oneDirectoryOnTwoMountsIsTwo() throws Exception {
        playground.sh("mkdir a/d");
        Mounts.mount(at("a"), at("m"), null, Mounts.MS_BIND, null);
        user = playground.user();
        FileNode one = user.node("a/d");
        FileNode two = user.node("m/d");
        assertNotSame(one, two);
        assertEquals(user.stat("a/d").inode, user.stat("m/d").inode);
        assertNotEquals(user.stat("a/d").device, user.stat("m/d").device);
        assertEquals(Errno.EXDEV, TreeUser.errorOf(() -> user.rename("a/d", "m/e")));
        user.mkdir("m/d/x");
        assertTrue(user.exists("a/d/x"));
        user.forgetAll();
    }

    @Test
    void mountsThatComeAndGoAreToldOf() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        LocalTree tree = playground.tree();
        user = playground.user();
        TreeListener ear = new TreeListener() {
            @Override
            public void entryChanged(FileNode directory, byte[] name) {
                heard.add(ByteText.decode(name));
            }

            @Override
            public void attributesChanged(FileNode node) {}

            @Override
            public void contentsChanged(FileNode node) {}
        };
        AutoCloseable listening = tree.watch(ear);
        Playground.await(() -> isValidForLong(), "watch");
        mountTmpfs();
        Playground.await(() -> heard.contains("m"), "the mount");
        assertEquals("above\n", user.read("m/f"));
        user.forgetAll();
        heard.clear();
        Mounts.umount(at("m"), Mounts.MNT_DETACH);
        Playground.await(() -> heard.contains("m"), "the end of the mount");
        assertEquals("below\n", user.read("m/f"));
        user.forgetAll();
        listening.close();
    }

    private boolean isValidForLong() {
        try {
            return user.stat("m").entryValidityMillis > 1000;
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnusedDescriptorKeepsNothingBusyForLong() throws Exception {
        mountTmpfs();
        user = playground.user();
        user.mkdir("m/d");
        user.write("m/d/f", "x");
        assertTrue(user.stat("m/d/f").isRegular());
        Playground.await(() -> unmounted("m"), "unmounting");
        user.forgetAll();
        assertFalse(user.exists("m/d"));
        user.node("m").makeDirectory(TreeUser.name("new"), 0755, TestRequester.ROOT, user.stat("m"));
    }

    private boolean unmounted(String name) {
        try {
            Mounts.umount(at(name), 0);
            return true;
        } catch (ErrnoException e) {
            assertTrue(e.is(Errno.EBUSY), e.getMessage());
            return false;
        }
    }
}
