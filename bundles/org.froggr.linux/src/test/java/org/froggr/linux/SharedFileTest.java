package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that is a file. */
class SharedFileTest {
    @TempDir
    Path directory;

    private int fd;

    @BeforeEach
    void openDirectory() throws ErrnoException {
        fd = Fd.open(BytePath.of(directory.toString()), Fd.O_PATH | Fd.O_DIRECTORY, 0);
    }

    @AfterEach
    void closeDirectory() {
        Fd.closeQuietly(fd);
    }

    private SharedFile open(String name, int least) throws ErrnoException {
        return SharedFile.open(fd, name, least);
    }

    @Test
    void whatIsPutIsInTheFile() throws Exception {
        try (SharedFile file = open("f", 4096)) {
            file.memory().putLong(8, 42);
            try (SharedFile other = open("f", 16)) {
                assertEquals(4096, other.memory().capacity());
                assertEquals(42, other.memory().getLong(8));
            }
        }
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("f"))));
    }

    @Test
    void itGrows() throws Exception {
        try (SharedFile file = open("f", 8)) {
            ByteBuffer before = file.memory();
            before.putInt(0, 1);
            file.grow(1 << 20);
            assertEquals(1 << 20, file.memory().capacity());
            assertEquals(1, file.memory().getInt(0));
            before.putInt(4, 2);
            assertEquals(2, file.memory().getInt(4));
        }
    }

    @Test
    void anotherFileOfThatNameDoesNotGrow() throws Exception {
        try (SharedFile file = open("f", 8)) {
            file.memory().putInt(0, 1);
            Files.move(directory.resolve("f"), directory.resolve("g"));
            assertEquals(Errno.ENOENT.number(), assertThrows(ErrnoException.class, () -> file.grow(4096)).number());
            Files.write(directory.resolve("f"), new byte[8]);
            assertEquals(Errno.ESTALE.number(), assertThrows(ErrnoException.class, () -> file.grow(4096)).number());
            assertEquals(8, Files.size(directory.resolve("f")));
            assertEquals(1, file.memory().getInt(0));
        }
    }

    @Test
    void itTakesNoDescriptor() throws Exception {
        open("f", 8).grow(4096);
        Path held = directory.resolve("f").toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertTrue(open.noneMatch(each -> leadsTo(each, held)));
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            // Closed meanwhile
            return false;
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("l"), directory.resolve("f"));
        ErrnoException e = assertThrows(ErrnoException.class, () -> open("l", 8));
        assertEquals(Errno.ELOOP.number(), e.number());
    }
}
