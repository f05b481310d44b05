package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.process.OwnSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetMakerTest {
    private static final int UMASK = 0027;

    private final TargetMaker maker = new TargetMaker(new OwnSpace());

    @TempDir
    Path temp;

    private BytePath path(String below) throws Exception {
        return BytePath.of(temp.toRealPath() + "/" + below);
    }

    private int make(String below, boolean directory) throws Exception {
        TargetMaker.Made made = maker.make(path(below), directory, UMASK);
        made.target().close();
        return made.components();
    }

    @Test
    void makesAllThatIsMissingAndRemovesNoMore() throws Exception {
        Files.createDirectory(temp.resolve("there"));

        int components = make("there/a/./b", true);

        assertEquals(2, components);
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("there/a/b"))));
        maker.remove(path("there/a/b"), components);
        assertFalse(Files.exists(temp.resolve("there/a")));
        assertTrue(Files.exists(temp.resolve("there")));
    }

    @Test
    void makesFilesForFiles() throws Exception {
        assertEquals(2, make("a/f", false));

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("a/f"))));
        maker.remove(path("a/f"), 2);
        assertFalse(Files.exists(temp.resolve("a")));
    }

    @Test
    void leavesWhatSomebodyPutThere() throws Exception {
        make("a/b", true);
        Files.writeString(temp.resolve("a/b/user"), "data");

        maker.remove(path("a/b"), 2);

        assertTrue(Files.exists(temp.resolve("a/b/user")));
    }

    @Test
    void followsNoLinkThatCameIntoThePlaceOfADirectory() throws Exception {
        make("a/f", false);
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.createFile(other.resolve("f"));
        Files.move(temp.resolve("a"), temp.resolve("moved"));
        Files.createSymbolicLink(temp.resolve("a"), other);

        maker.remove(path("a/f"), 2);

        assertTrue(Files.exists(other.resolve("f")));
        assertTrue(Files.isSymbolicLink(temp.resolve("a")));
    }

    @Test
    void aFileOnTheWayIsNamed() throws Exception {
        Files.createFile(temp.resolve("file"));

        FroggrException e = assertThrows(FroggrException.class, () -> make("file/a/b", true));

        assertEquals(Fault.CANNOT_CREATE, e.fault());
        assertTrue(e.getMessage().contains("file/a/b"), e.getMessage());
    }

    @Test
    void manyAtOnceOnOneWayAllGetTheirs() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 50; round++) {
                String way = "r" + round + "/x/y/";
                List<Callable<Integer>> makers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String target = way + i;
                    makers.add(() -> make(target, true));
                }
                for (Future<Integer> made : threads.invokeAll(makers)) {
                    assertTrue(made.get() >= 1);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
