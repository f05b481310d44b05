package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has looked up a name opens the file that it meant, though another one was renamed over it. */
class ReplacedTest {
    private Playground playground;

    @AfterEach
    void remove() throws Exception {
        playground.close();
    }

    static Iterable<Path> everywhere() {
        return Playground.everywhere();
    }

    private static boolean isStale(FileNode node) {
        try (OpenFile file = node.open(0, TestRequester.ROOT)) {
            return file == null;
        } catch (ErrnoException e) {
            return e.is(Errno.ESTALE);
        }
    }

    private static long descriptors() throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void forAMoment(Path below) throws Exception {
        playground = new Playground(below);
        TreeUser user = playground.user();
        user.write("f", "old");
        FileNode old = user.node("f");
        user.write("n", "new");
        user.rename("n", "f");
        try (OpenFile file = old.open(0, TestRequester.ROOT)) {
            assertEquals("old", user.read(file));
        }
        assertEquals("new", user.read("f"));
        Playground.await(() -> isStale(old), "its space is given back");
        user.forgetAll();
        assertEquals(1, playground.tree().nodeCount());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void butNoLargeOneAndNotMany(Path below) throws Exception {
        playground = new Playground(below);
        TreeUser user = playground.user();
        playground.sh("head -c 200000 /dev/zero > large; : > n");
        FileNode large = user.node("large");
        user.rename("n", "large");
        assertEquals(Errno.ESTALE, TreeUser.errorOf(() -> large.open(0, TestRequester.ROOT)));
        long before = descriptors();
        for (int i = 0; i < 300; i++) {
            user.write("f", "old");
            user.write("n", "new");
            user.rename("n", "f");
        }
        long more = descriptors() - before;
        assertEquals(0, more / 80, () -> more + " descriptors");
        playground.tree().close();
        long left = descriptors() - before;
        assertEquals(0, left / 10, () -> left + " descriptors left");
    }
}
