package org.froggr.spi.tree;

import static org.froggr.spi.tree.TreeUser.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every writable {@link FileTree} must do with open directories. */
public abstract class ListingContract {
    protected FileTree tree;
    protected TreeUser user;

    /** A tree whose root is an empty directory; asked for once a test. */
    protected abstract FileTree emptyTree() throws Exception;

    /** Who asks. */
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

    /** Reads a few entries at a time, as a small buffer would have it. */
    static final class Pages {
        final List<String> names = new ArrayList<>();
        long offset;

        /** @return whether there was one at least */
        boolean read(OpenDirectory directory, int most) throws ErrnoException {
            int before = names.size();
            directory.read(offset, (name, inode, type, next) -> {
                if (names.size() == before + most) {
                    return false;
                }
                assertTrue(next > 0, "offset of " + name);
                names.add(name.toString());
                offset = next;
                return true;
            });
            return names.size() > before;
        }
    }

    private void make(int count) throws ErrnoException {
        for (int i = 0; i < count; i++) {
            user.mknod("f" + i, 0100644);
        }
    }

    private static void assertEachOnce(Set<String> expected, List<String> names) {
        assertEquals(Set.of(), duplicates(names));
        Set<String> missing = new HashSet<>(expected);
        names.forEach(missing::remove);
        assertEquals(Set.of(), missing);
    }

    private static Set<String> duplicates(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                twice.add(name);
            }
        });
        return twice;
    }

    private static Set<String> numbered(int from, int to) {
        Set<String> names = new HashSet<>();
        for (int i = from; i < to; i++) {
            names.add("f" + i);
        }
        return names;
    }

    @Test
    void everyNameOnceWhateverTheBuffer() throws Exception {
        make(300);
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            for (int most : new int[] {1, 2, 7, 299, 300, 1000}) {
                Pages pages = new Pages();
                while (pages.read(directory, most)) {}
                assertEachOnce(numbered(0, 300), pages.names);
                assertEquals(300, pages.names.size());
            }
        }
    }

    @Test
    void inodeAndTypeAreThoseOfTheAttributes() throws Exception {
        user.mkdir("d");
        user.symlink("x", "l");
        user.write("f", "x");
        Map<String, Long> inodes = new HashMap<>();
        Map<String, Integer> types = new HashMap<>();
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            directory.read(0, (name, inode, type, next) -> {
                inodes.put(name.toString(), inode);
                types.put(name.toString(), type);
                return true;
            });
        }
        for (String name : List.of("d", "l", "f")) {
            Attributes out = user.stat(name);
            assertEquals(out.inode, inodes.get(name), name);
            assertTrue(types.get(name) == 0 || types.get(name) == (out.mode & 0170000), name);
        }
        assertEquals(3, inodes.size());
    }

    @Test
    void offsetsCanBeResumedInAnyOrder() throws Exception {
        make(50);
        List<String> names = new ArrayList<>();
        List<Long> offsets = new ArrayList<>(List.of(0L));
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            directory.read(0, (name, inode, type, next) -> {
                names.add(name.toString());
                return offsets.add(next);
            });
            assertEquals(new HashSet<>(offsets).size(), offsets.size());
            for (int i : new int[] {30, 3, 49, 0, 17}) {
                Pages pages = new Pages();
                pages.offset = offsets.get(i);
                while (pages.read(directory, 100)) {}
                assertEquals(names.subList(i, 50), pages.names);
            }
            Pages end = new Pages();
            end.offset = offsets.get(50);
            assertFalse(end.read(directory, 1));
        }
    }

    @Test
    void theBeginningShowsTheDirectoryAsItIsNow() throws Exception {
        make(3);
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            assertEquals(3, TreeUser.list(directory).size());
            user.mkdir("new");
            user.unlink("f1");
            List<String> now = new ArrayList<>(TreeUser.list(directory));
            Collections.sort(now);
            assertEquals(List.of("f0", "f2", "new"), now);
        }
    }

    @Test
    void whatStaysIsListedOnceThoughOthersGo() throws Exception {
        make(400);
        Pages pages = new Pages();
        int gone = 0;
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            while (pages.read(directory, 7)) {
                // f0 to f199 go, two at a time, listed or not; others come
                for (int i = 0; i < 2 && gone < 200; i++) {
                    user.unlink("f" + gone++);
                    user.mknod("g" + gone, 0100644);
                }
            }
        }
        assertEachOnce(numbered(200, 400), pages.names);
    }

    @Test
    void everythingCanBeRemovedWhileListing() throws Exception {
        make(500);
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            Pages pages = new Pages();
            while (pages.read(directory, 50)) {
                int end = pages.names.size();
                for (String name : pages.names.subList(end - 50, end)) {
                    user.unlink(name);
                }
            }
        }
        assertEquals(List.of(), user.list(""));
    }

    @Test
    void anOpenDirectoryWorksWhenItIsRemoved() throws Exception {
        user.mkdir("d");
        try (OpenDirectory directory = user.node("d").openDirectory(requester())) {
            user.rmdir("d");
            assertEquals(List.of(), TreeUser.list(directory));
        }
    }

    /** Somebody may be in it: chdir(2). */
    @Test
    void aRemovedDirectoryIsOpenedAndEmpty() throws Exception {
        user.mkdir("d");
        FileNode node = user.node("d");
        user.rmdir("d");
        for (int i = 0; i < 2; i++) {
            try (OpenDirectory directory = node.openDirectory(requester())) {
                assertEquals(List.of(), TreeUser.list(directory));
            }
            user.mkdir("d");
            user.write("d/f", "x");
            user.unlink("d/f");
            user.rmdir("d");
        }
    }

    @Test
    void anOpenDirectoryFollowsARename() throws Exception {
        user.mkdir("d");
        user.write("d/x", "x");
        try (OpenDirectory directory = user.node("d").openDirectory(requester())) {
            user.rename("d", "e");
            user.write("e/y", "y");
            List<String> now = new ArrayList<>(TreeUser.list(directory));
            Collections.sort(now);
            assertEquals(List.of("x", "y"), now);
            directory.sync(false);
        }
    }

    @Test
    void aNameThatIsLookedUpWhileListingIsThere() throws Exception {
        make(20);
        List<String> missing = new ArrayList<>();
        try (OpenDirectory directory = tree.root().openDirectory(requester())) {
            directory.read(0, (name, inode, type, next) -> {
                try {
                    Attributes out = new Attributes();
                    if (user.keep(tree.root().lookup(name(name.toString()), out)) == null || out.inode != inode) {
                        missing.add(name.toString());
                    }
                } catch (ErrnoException e) {
                    missing.add(name + ": " + e.getMessage());
                }
                return true;
            });
        }
        assertEquals(List.of(), missing);
    }
}
