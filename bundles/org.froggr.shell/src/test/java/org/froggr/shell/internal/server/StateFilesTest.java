package org.froggr.shell.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.froggr.shell.internal.testing.TempHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFilesTest {
    private TempHome home;
    private StateFiles files;
    private String line;
    private Path pid;

    @BeforeEach
    void open() throws Exception {
        home = new TempHome();
        files = new StateFiles(home.platformDescriptor());
        line = StateFiles.line(List.of("pipe", "unix"));
        pid = home.file("pid");
    }

    @AfterEach
    void close() throws Exception {
        home.close();
    }

    private void assertMended() throws Exception {
        assertFalse(files.isAnnounced(line));
        files.announce(line);
        assertTrue(files.isAnnounced(line));
        assertEquals(line, Files.readString(pid));
    }

    @Test
    void whatIsMissingIsNotAnnounced() throws Exception {
        assertMended();
        files.withdraw();
        assertMended();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "1 2 pipe unix\n", "%s more\n", " %s"})
    void anotherContentIsNoAnnouncement(String content) throws Exception {
        files.announce(line);
        Files.writeString(pid, content.replace("%s", line));
        assertMended();
    }

    @Test
    void aLinkIsNoAnnouncement() throws Exception {
        files.announce(line);
        Files.move(pid, home.file("elsewhere"));
        Files.createSymbolicLink(pid, home.file("elsewhere"));
        assertMended();
        assertFalse(Files.isSymbolicLink(pid));
    }

    @Test
    void aPipeIsNoAnnouncementAndHoldsNobodyUp() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", pid.toString()).start().waitFor());
        assertMended();
    }
}
