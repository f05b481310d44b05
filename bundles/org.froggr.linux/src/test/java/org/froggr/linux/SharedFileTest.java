package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that is a file. */
class SharedFileTest {
    @TempDir
    Path directory;

    private SharedFile open(String name, int least) throws ErrnoException {
        int fd = Fd.open(BytePath.of(directory.toString()), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        try {
            return SharedFile.open(fd, name, least);
        } finally {
            Fd.closeQuietly(fd);
        }
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
    void aLinkIsNotFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("l"), directory.resolve("f"));
        ErrnoException e = assertThrows(ErrnoException.class, () -> open("l", 8));
        assertEquals(Errno.ELOOP.number(), e.number());
    }
}
