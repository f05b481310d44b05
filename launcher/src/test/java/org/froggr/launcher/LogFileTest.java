package org.froggr.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path directory;

    private String read(String name) throws Exception {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void appendsToWhatIsThere() throws Exception {
        Files.writeString(directory.resolve("log"), "one\n");
        try (LogFile file = new LogFile(directory.resolve("log"), 100)) {
            file.write("two\n");
        }
        assertEquals("one\ntwo\n", read("log"));
    }

    @Test
    void keepsTwoOldGenerations() throws Exception {
        try (LogFile file = new LogFile(directory.resolve("log"), 4)) {
            for (String line : new String[] {"aaa\n", "bbb\n", "ccc\n", "ddd\n", "e\n"}) {
                file.write(line);
            }
        }
        assertEquals("e\n", read("log"));
        assertEquals("ddd\n", read("log.1"));
        assertEquals("ccc\n", read("log.2"));
        assertFalse(Files.exists(directory.resolve("log.3")));
    }

    @Test
    void goesOnAfterItsDirectoryWasMissing() throws Exception {
        Path late = directory.resolve("late");
        try (LogFile file = new LogFile(late.resolve("log"), 100)) {
            file.write("lost\n");
            Files.createDirectory(late);
            file.write("kept\n");
        }
        assertEquals("kept\n", read("late/log"));
    }
}
