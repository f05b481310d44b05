package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.LockRange;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a successor finds: the truth, and nothing else, whatever became of the files. */
class KeptNodesTest {
    private static final List<String> FILES =
            List.of("fuse-nodes", "fuse-names", "fuse-handles", "fuse-locks", "fuse-connection");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @TempDir
    private Path copy;

    @Test
    void isWhatWasThere() throws Exception {
        Kept kept = NamedNodes.open(directory, true);
        NamedNodes nodes = new NamedNodes(kept, seed);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 1000; i++) {
                nodes.step();
            }
            copyFiles();
            Kept left = NamedNodes.open(copy, false);
            assertEquals(nodes.expected(), NamedNodes.found(left), () -> "seed " + seed);
            left.close();
        }
        kept.close();
    }

    /** Room is used again: what changes without growing takes no more of it. */
    @Test
    void roomOfNamesThatAreGoneIsUsedAgain() throws Exception {
        Kept kept = NamedNodes.open(directory, true);
        NamedNodes nodes = new NamedNodes(kept, seed);
        while (nodes.table.count() < 500) {
            nodes.step();
        }
        int steps = 0;
        while (steps++ < 100_000) {
            nodes.step();
            if (nodes.table.count() > 600) {
                nodes.forgetSome();
            }
        }
        long size = Files.size(directory.resolve("fuse-names"));
        assertTrue(size < 600 * 500, size + " bytes for 600 names");
        kept.close();
    }

    /** At any instant: a process that changes them is killed. */
    @Test
    void isRightWhenTheProcessIsKilled() throws Exception {
        for (int round = 0; round < 8; round++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.froggr.fuse.internal.NamedNodes",
                            directory.toString(),
                            Long.toString(seed + round))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                assertEquals('c', process.getInputStream().read());
                long until = System.nanoTime() + random.nextInt(300_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly();
                process.waitFor();
            }
            Kept left = NamedNodes.open(directory, false);
            Map<Long, String> found = NamedNodes.found(left);
            assertTrue(found.size() > 5, () -> "seed " + seed);
            int nameless = marksAreRight(found);
            assertTrue(nameless < found.size(), "some have names");
            left.close();
        }
    }

    /** Every name that is found bears the mark of its node; returns how many nodes have none. */
    private int marksAreRight(Map<Long, String> found) {
        int nameless = 0;
        for (Map.Entry<Long, String> entry : found.entrySet()) {
            String name = entry.getValue().split(" ")[1];
            if (name.equals("null")) {
                nameless++;
            } else {
                String mark = Long.toHexString(entry.getKey()) + "-";
                assertTrue(name.startsWith(mark), () -> mark + " has " + name + ", seed " + seed);
            }
        }
        return nameless;
    }

    @Test
    void filesThatWereCutOffAreRefusedOrRight() throws Exception {
        fill();
        for (String name : FILES) {
            long size = Files.size(directory.resolve(name));
            int refused = 0;
            for (int i = 0; i < 150; i++) {
                long length = i < 2 ? i * 63L : Math.floorMod(random.nextLong(), size);
                copyFiles();
                try (RandomAccessFile file = new RandomAccessFile(copy.resolve(name).toFile(), "rw")) {
                    file.setLength(length);
                }
                refused += isRefusedOrRight() ? 1 : 0;
            }
            assertTrue(refused > 0, name + " is needed");
        }
    }

    @Test
    void filesWithOtherBytesAreRefusedOrRight() throws Exception {
        fill();
        for (String name : FILES) {
            int size = (int) Files.size(directory.resolve(name));
            for (int i = 0; i < 150; i++) {
                copyFiles();
                byte[] noise = new byte[1 + random.nextInt(i % 2 == 0 ? 4 : 4096)];
                random.nextBytes(noise);
                try (RandomAccessFile file = new RandomAccessFile(copy.resolve(name).toFile(), "rw")) {
                    file.seek(random.nextInt(Math.max(1, Math.min(size, 20_000))));
                    file.write(noise);
                }
                isRefusedOrRight();
            }
        }
    }

    private void fill() throws Exception {
        Kept kept = NamedNodes.open(directory, true);
        NamedNodes nodes = new NamedNodes(kept, seed);
        for (int i = 0; i < 1000; i++) {
            nodes.step();
        }
        HandleTable handles = new HandleTable();
        handles.keep(kept.handles, kept::abandon);
        for (int i = 0; i < 100; i++) {
            handles.add(new FileHandle(i + 1, Late.<OpenFile>by(() -> null), 2, i));
            kept.locks.add(i, new LockRange(i, i, LockRange.WRITE, 0, i, false));
        }
        kept.close();
    }

    /** Whether it was refused; if not, no name is another node's, and handles and locks are those there were. */
    private boolean isRefusedOrRight() throws Exception {
        Kept left = null;
        try {
            left = NamedNodes.open(copy, false);
            left.connection();
            marksAreRight(NamedNodes.found(left));
            new HandleTable().restore(left.handles, left::abandon, opening -> {
                assertEquals(opening.node() - 1, opening.unique(), () -> "seed " + seed);
                Late<OpenDirectory> none = Late.by(() -> null);
                return new DirectoryHandle(opening.node(), none, 0, 0);
            });
            left.locks.load((place, handle, lock) -> assertEquals(handle, lock.end(), () -> "seed " + seed));
            return false;
        } catch (ErrnoException e) {
            assertTrue(e.is(Errno.EUCLEAN), e.toString());
            return true;
        } finally {
            if (left != null) {
                left.close();
            }
        }
    }

    private void copyFiles() throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(copy.resolve(name));
            Files.copy(directory.resolve(name), copy.resolve(name));
        }
    }
}
