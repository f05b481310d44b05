package org.froggr.spi.tree;

import static org.froggr.spi.tree.TreeUser.EXCHANGE;
import static org.froggr.spi.tree.TreeUser.NOREPLACE;
import static org.froggr.spi.tree.TreeUser.O_APPEND;
import static org.froggr.spi.tree.TreeUser.O_EXCL;
import static org.froggr.spi.tree.TreeUser.O_RDWR;
import static org.froggr.spi.tree.TreeUser.O_TRUNC;
import static org.froggr.spi.tree.TreeUser.O_WRONLY;
import static org.froggr.spi.tree.TreeUser.errorOf;
import static org.froggr.spi.tree.TreeUser.name;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every writable {@link FileTree} must do with files; {@link ListingContract} has the rest. An
 * implementer extends it, gives an empty tree, and cleans up in its own {@code @AfterEach}.
 */
public abstract class FileTreeContract {
    protected FileTree tree;
    protected TreeUser user;

    /** A tree whose root is an empty directory; asked for once a test. */
    protected abstract FileTree emptyTree() throws Exception;

    /** Who asks; what it creates must belong to it. */
    protected Requester requester() {
        return TestRequester.ROOT;
    }

    /** Memory of that length; trees that make system calls need an address. */
    protected IoBuffer buffer(int length) {
        return MemoryBuffer.of(length);
    }

    @BeforeEach
    void begin() throws Exception {
        tree = emptyTree();
        user = new TreeUser(tree, requester(), this::buffer);
    }

    @AfterEach
    void forget() {
        user.forgetAll();
    }

    @Test
    void theRootIsOneDirectory() throws Exception {
        assertSame(tree.root(), tree.root());
        assertTrue(user.stat("").isDirectory());
        assertEquals(List.of(), user.list(""));
        FileSystemSpace space = new FileSystemSpace();
        tree.space(space);
        assertTrue(space.nameLength > 0);
        tree.sync();
    }

    @Test
    void aFileIsCreatedWithTypeModeAndOwner() throws Exception {
        Attributes out = new Attributes();
        CreatedFile made = tree.root().create(name("f"), O_RDWR | O_EXCL, 0100666, requester(), out);
        user.keep(made.node());
        made.file().close();

        assertTrue(out.isRegular());
        assertEquals(0666 & ~requester().umask(), out.mode & 07777);
        assertEquals(requester().uid(), out.uid);
        assertEquals(1, out.links);
        assertEquals(0, out.size);
        Attributes again = user.stat("f");
        assertEquals(out.inode, again.inode);
        assertEquals(out.device, again.device);
        assertEquals(out.mode, again.mode);
    }

    @Test
    void creatingWhatIsThereOpensIt() throws Exception {
        user.write("f", "old");

        assertEquals(Errno.EEXIST, errorOf(() -> user.create("f", O_RDWR | O_EXCL, 0100644)));
        try (OpenFile file = user.create("f", O_RDWR, 0100600)) {
            assertEquals("old", user.read(file));
        }
        user.create("f", O_RDWR | O_TRUNC, 0100600).close();
        assertEquals("", user.read("f"));
        assertEquals(0644, user.stat("f").mode & 0777);
    }

    @Test
    void aMissingNameIsNullAndALongOneAnError() throws Exception {
        assertNull(user.find("none", new Attributes()));
        assertEquals(Errno.ENAMETOOLONG, errorOf(() -> user.mkdir("n".repeat(256))));
        user.mkdir("n".repeat(255));
        assertTrue(user.exists("n".repeat(255)));
    }

    @Test
    void namesAreBytes() throws Exception {
        List<String> names =
                List.of(" ", "\t", "a\nb", "\\", "\"'", "a,b:c=d", "\u00ff\u00fe", "\u0001", "-", "...");
        for (String strange : names) {
            user.write(strange, "x");
            assertEquals("x", user.read(strange));
            assertTrue(user.list("").contains(strange), strange);
            user.unlink(strange);
        }
        assertEquals(List.of(), user.list(""));
    }

    @Test
    void whatIsNoDirectoryHasNoNames() throws Exception {
        user.write("f", "");

        FileNode file = user.node("f");
        assertEquals(Errno.ENOTDIR, errorOf(() -> file.lookup(name("x"), new Attributes())));
        assertEquals(Errno.ENOTDIR, errorOf(() -> file.openDirectory(requester())));
        assertEquals(Errno.ENOTDIR, errorOf(() -> user.mkdir("f/x")));
        assertEquals(Errno.ENOTDIR, errorOf(() -> user.unlink("f/x")));
        assertEquals(Errno.EISDIR, errorOf(() -> tree.root().open(0, requester())));
    }

    @Test
    void theSameFileIsTheSameNode() throws Exception {
        user.write("f", "x");
        user.mkdir("d");

        assertSame(user.node("f"), user.node("f"));
        assertSame(user.node("d"), user.node("d"));
        assertNotSame(user.node("d"), user.node("f"));
        FileNode node = user.node("f");
        user.rename("f", "d/g");
        assertSame(node, user.node("d/g"));
        Attributes out = new Attributes();
        node.attributes(out);
        assertEquals(user.stat("d/g").inode, out.inode);
    }

    @Test
    void hardLinksAreOneNode() throws Exception {
        user.write("f", "x");
        user.mkdir("d");
        user.link("f", "d/g");

        assertSame(user.node("f"), user.node("d/g"));
        assertEquals(2, user.stat("f").links);
        assertEquals(Errno.EEXIST, errorOf(() -> user.link("f", "d/g")));
        assertEquals(Errno.EPERM, errorOf(() -> user.link("d", "e")));
        user.unlink("f");
        assertEquals(1, user.stat("d/g").links);
        assertEquals("x", user.read("d/g"));
    }

    @Test
    void aFileWithoutANameWorksWhileItIsOpen() throws Exception {
        user.write("f", "x");
        FileNode node = user.node("f");
        try (OpenFile file = user.open("f", O_RDWR)) {
            user.unlink("f");
            assertFalse(user.exists("f"));
            assertEquals("x", user.read(file));
            user.write(file, 1, "y");
            assertEquals("xy", user.read(file));
            Attributes out = new Attributes();
            file.attributes(out);
            assertEquals(0, out.links);
            node.attributes(out);
            assertEquals(2, out.size);
            AttributeChanges changes = new AttributeChanges();
            changes.what = AttributeChanges.SIZE;
            file.change(changes, requester(), out);
            assertEquals(0, out.size);
        }
        user.write("f", "new");
        assertEquals("new", user.read("f"));
    }

    @Test
    void readsAndWritesAnywhere() throws Exception {
        try (OpenFile file = user.create("f", O_RDWR, 0100644)) {
            assertEquals(3, user.write(file, 10000, "abc"));
            Attributes out = new Attributes();
            file.attributes(out);
            assertEquals(10003, out.size);
            IoBuffer some = buffer(8);
            assertEquals(5, file.read(9998, some));
            assertArrayEquals(new byte[] {0, 0, 'a', 'b', 'c'}, MemoryBuffer.content(some, 5));
            assertEquals(0, file.read(20000, buffer(8)));
            file.flush();
            file.sync(false);
            file.sync(true);
        }
    }

    @Test
    void appendingGoesToTheEnd() throws Exception {
        user.write("f", "ab");
        try (OpenFile file = user.open("f", O_WRONLY | O_APPEND)) {
            user.write(file, 0, "c");
        }
        assertEquals("abc", user.read("f"));
    }

    @Test
    void truncatesByNameAndByOpening() throws Exception {
        user.write("f", "abcdef");
        user.truncate("f", 3);
        assertEquals("abc", user.read("f"));
        user.truncate("f", 5);
        assertEquals("abc\0\0", user.read("f"));
        user.open("f", O_WRONLY | O_TRUNC).close();
        assertEquals("", user.read("f"));
    }

    @Test
    void attributesAreChanged() throws Exception {
        user.write("f", "x");
        user.chmod("f", 04751);
        assertEquals(04751, user.stat("f").mode & 07777);

        AttributeChanges times = new AttributeChanges();
        times.what = AttributeChanges.ACCESS_TIME | AttributeChanges.MODIFY_TIME;
        times.accessSeconds = 1_000_000_000;
        times.accessNanos = 123_456_789;
        times.modifySeconds = 1;
        times.modifyNanos = 1;
        user.change("f", times);
        Attributes now = user.stat("f");
        assertEquals(1_000_000_000, now.accessSeconds);
        assertEquals(123_456_789, now.accessNanos);
        assertEquals(1, now.modifySeconds);
        assertEquals(1, now.modifyNanos);

        AttributeChanges present = new AttributeChanges();
        present.what = AttributeChanges.MODIFY_NOW | AttributeChanges.MODIFY_TIME;
        user.change("f", present);
        assertNotEquals(1, user.stat("f").modifySeconds);
        assertEquals(1_000_000_000, user.stat("f").accessSeconds);
    }

    @Test
    void aWriteTakesSetuidAway() throws Exception {
        user.write("f", "x");
        user.chmod("f", 06755);
        try (OpenFile file = user.open("f", O_WRONLY)) {
            file.write(0, user.buffer(new byte[] {1}), true, requester());
        }
        assertEquals(0755, user.stat("f").mode & 07777);
    }

    @Test
    void directoriesAreMadeAndRemoved() throws Exception {
        user.mkdir("d", 0750);
        assertTrue(user.stat("d").isDirectory());
        assertEquals(0750 & ~requester().umask(), user.stat("d").mode & 0777);
        assertEquals(Errno.EEXIST, errorOf(() -> user.mkdir("d")));
        user.mkdir("d/e");
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rmdir("d")));
        assertEquals(Errno.EISDIR, errorOf(() -> user.unlink("d")));
        user.rmdir("d/e");
        user.rmdir("d");
        assertFalse(user.exists("d"));
        user.write("f", "");
        assertEquals(Errno.ENOTDIR, errorOf(() -> user.rmdir("f")));
        assertEquals(Errno.ENOENT, errorOf(() -> user.rmdir("none")));
        assertEquals(Errno.ENOENT, errorOf(() -> user.unlink("none")));
    }

    @Test
    void symbolicLinksAreNotFollowed() throws Exception {
        user.symlink("../\u00ff x", "l");
        assertTrue(user.stat("l").isSymlink());
        assertEquals("../\u00ff x", new String(user.node("l").readLink(), StandardCharsets.ISO_8859_1));
        user.write("f", "");
        assertEquals(Errno.EINVAL, errorOf(() -> user.node("f").readLink()));
        assertEquals(Errno.EEXIST, errorOf(() -> user.symlink("x", "l")));
        user.unlink("l");
        assertFalse(user.exists("l"));
    }

    @Test
    void specialFilesAreMade() throws Exception {
        user.mknod("fifo", 0010644);
        assertEquals(0010000, user.stat("fifo").mode & 0170000);
        user.mknod("plain", 0100600);
        assertTrue(user.stat("plain").isRegular());
        assertEquals(Errno.EEXIST, errorOf(() -> user.mknod("fifo", 0100600)));
    }

    @Test
    void renameReplaces() throws Exception {
        user.write("a", "a");
        user.write("b", "b");
        user.rename("a", "b");
        assertFalse(user.exists("a"));
        assertEquals("a", user.read("b"));
        user.mkdir("d");
        user.mkdir("e");
        user.write("d/x", "x");
        assertEquals(Errno.EISDIR, errorOf(() -> user.rename("b", "d")));
        assertEquals(Errno.ENOTDIR, errorOf(() -> user.rename("d", "b")));
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rename("e", "d")));
        user.rename("d", "e");
        assertEquals("x", user.read("e/x"));
        assertFalse(user.exists("d"));
        assertEquals(Errno.ENOENT, errorOf(() -> user.rename("none", "b")));
    }

    @Test
    void renameOfOneFileToItselfDoesNothing() throws Exception {
        user.write("a", "a");
        user.link("a", "b");
        user.rename("a", "b");
        assertEquals("a", user.read("a"));
        assertEquals("a", user.read("b"));
        user.rename("a", "a");
        assertEquals("a", user.read("a"));
    }

    @Test
    void aDirectoryIsNotMovedIntoItself() throws Exception {
        user.mkdir("d");
        user.mkdir("d/e");
        assertEquals(Errno.EINVAL, errorOf(() -> user.rename("d", "d/e/f")));
        assertEquals(Errno.EINVAL, errorOf(() -> user.rename("d", "d/e")));
        assertEquals(Errno.ENOTEMPTY, errorOf(() -> user.rename("d/e", "d")));
    }

    @Test
    void renameFlags() throws Exception {
        user.write("a", "a");
        user.write("b", "b");
        assertEquals(Errno.EEXIST, errorOf(() -> user.rename("a", "b", NOREPLACE)));
        assertEquals(Errno.EINVAL, errorOf(() -> user.rename("a", "b", NOREPLACE | EXCHANGE)));
        assertEquals(Errno.ENOENT, errorOf(() -> user.rename("a", "c", EXCHANGE)));
        FileNode first = user.node("a");
        user.rename("a", "b", EXCHANGE);
        assertEquals("b", user.read("a"));
        assertEquals("a", user.read("b"));
        assertSame(first, user.node("b"));
        user.rename("a", "c", NOREPLACE);
        assertEquals("b", user.read("c"));
        user.mkdir("d");
        user.write("d/x", "x");
        user.rename("d", "c", EXCHANGE);
        assertEquals("x", user.read("c/x"));
        assertEquals("b", user.read("d"));
    }

    @Test
    void aDirectoryThatIsMovedTakesAllAlong() throws Exception {
        user.mkdir("a");
        user.mkdir("a/b");
        user.write("a/b/c", "c");
        FileNode deep = user.node("a/b/c");
        FileNode middle = user.node("a/b");
        user.rename("a", "z");
        assertSame(deep, user.node("z/b/c"));
        assertSame(middle, user.node("z/b"));
        user.keep(middle.makeDirectory(name("new"), 0755, requester(), new Attributes()));
        assertTrue(user.exists("z/b/new"));
        try (OpenFile file = deep.open(0, requester())) {
            assertEquals("c", user.read(file));
        }
    }

    @Test
    void linksCountDirectories() throws Exception {
        long before = user.stat("").links;
        user.mkdir("d");
        user.mkdir("d/e");
        if (user.stat("d").links > 1) {
            assertEquals(3, user.stat("d").links);
            assertEquals(before + 1, user.stat("").links);
        }
    }

    @Test
    void extendedAttributes() throws Exception {
        user.write("f", "x");
        FileNode file = user.node("f");
        FileName one = name("user.one");
        assertEquals(-1, file.extendedAttribute(one, buffer(16)));
        file.setExtendedAttribute(one, user.buffer(new byte[] {1, 0, 2}), 0, false, requester());
        IoBuffer out = buffer(16);
        assertEquals(3, file.extendedAttribute(one, out));
        assertArrayEquals(new byte[] {1, 0, 2}, MemoryBuffer.content(out, 3));
        assertEquals(3, file.extendedAttribute(one, buffer(0)));
        assertEquals(Errno.ERANGE, errorOf(() -> file.extendedAttribute(one, buffer(2))));
        int length = file.extendedAttributeNames(buffer(0));
        IoBuffer names = buffer(length);
        assertEquals(length, file.extendedAttributeNames(names));
        String all = new String(MemoryBuffer.content(names, length), StandardCharsets.ISO_8859_1);
        assertTrue(all.contains("user.one\0"), all);
        assertEquals(
                Errno.EEXIST,
                errorOf(() -> file.setExtendedAttribute(one, user.buffer(new byte[1]), 1, false, requester())));
        assertEquals(
                Errno.ENODATA,
                errorOf(() -> file.setExtendedAttribute(
                        name("user.two"), user.buffer(new byte[1]), 2, false, requester())));
        file.removeExtendedAttribute(one, requester());
        assertEquals(Errno.ENODATA, errorOf(() -> file.removeExtendedAttribute(one, requester())));
        assertEquals(-1, file.extendedAttribute(one, buffer(16)));
    }

    @Test
    void anUnnamedFileMayGetAName() throws Exception {
        Attributes out = new Attributes();
        CreatedFile made;
        try {
            made = tree.root().createUnnamed(O_RDWR, 0100600, requester(), out);
        } catch (ErrnoException e) {
            assertEquals(Errno.EOPNOTSUPP, Errno.of(e.number()).orElseThrow());
            return;
        }
        user.keep(made.node());
        try (OpenFile file = made.file()) {
            assertEquals(List.of(), user.list(""));
            user.write(file, 0, "tmp");
            user.keep(tree.root().link(made.node(), name("f"), requester(), out));
            assertEquals("tmp", user.read("f"));
            assertSame(made.node(), user.node("f"));
        }
    }

    @Test
    void aRemovedDirectoryTakesNothing() throws Exception {
        user.mkdir("d");
        FileNode directory = user.node("d");
        user.rmdir("d");
        ErrnoException error = assertThrows(
                ErrnoException.class, () -> directory.makeDirectory(name("x"), 0755, requester(), new Attributes()));
        assertTrue(error.is(Errno.ENOENT) || error.is(Errno.ESTALE), error.getMessage());
        assertFalse(user.exists("d"));
    }

    @Test
    void timesOfDirectoriesFollowTheirNames() throws Exception {
        AttributeChanges old = new AttributeChanges();
        old.what = AttributeChanges.MODIFY_TIME;
        old.modifySeconds = 5;
        user.mkdir("d");
        user.change("d", old);
        user.write("d/f", "x");
        assertNotEquals(5, user.stat("d").modifySeconds);
        user.change("d", old);
        user.unlink("d/f");
        assertNotEquals(5, user.stat("d").modifySeconds);
    }
}
