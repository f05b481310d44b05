package org.froggr.shell.internal.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.TempHome;
import org.junit.jupiter.api.Test;

class HistoryFileTest {
    @Test
    void linesComeBackAsTheyWere() throws Exception {
        try (TempHome home = new TempHome()) {
            HistoryFile history = new HistoryFile(home.platformDescriptor(), Fakes.logger());
            assertEquals(List.of(), history.load());
            List<String> lines = List.of("session -l", "two\nlines \\n \u00fc", "odd \udcff");
            lines.forEach(history::append);
            assertEquals(lines, history.load());
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(home.file("history")));
            assertEquals("rw-------", mode);
        }
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        try (TempHome home = new TempHome()) {
            HistoryFile history = new HistoryFile(home.platformDescriptor(), Fakes.logger());
            for (int i = 0; i < HistoryFile.MOST_LINES + 5; i++) {
                history.append("line " + i);
            }
            assertEquals("line 5", history.load().get(0));
            assertEquals(HistoryFile.MOST_LINES, Files.readAllLines(home.file("history")).size());
        }
    }

    @Test
    void aHistoryThatIsALinkIsLeftAlone() throws Exception {
        try (TempHome home = new TempHome()) {
            Files.writeString(home.file("precious"), "mine\n");
            Files.createSymbolicLink(home.file("history"), home.file("precious"));
            HistoryFile history = new HistoryFile(home.platformDescriptor(), Fakes.logger());
            history.append("line");
            assertEquals(List.of(), history.load());
            assertEquals("mine\n", Files.readString(home.file("precious")));
        }
    }
}
