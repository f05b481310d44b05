package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.session.SessionMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With programs in the place of those of systemd, which leave a trace and execute what they were given. */
@Timeout(60)
class LogindScopeTest {
    private static final String LOGIN = "0::/user.slice/user-1000.slice/session-3.scope\n";
    private static final UUID ID = UUID.randomUUID();

    @TempDir
    Path directory;

    @BeforeEach
    void makePrograms() throws IOException {
        program("loginctl", "echo KillUserProcesses=yes");
        String execute = "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"";
        program("systemd-run", "echo \"$@\" >" + directory + "/trace; " + execute);
        Files.writeString(directory.resolve("cgroup"), LOGIN);
        Files.createDirectory(directory.resolve("booted"));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Programs programs() {
        return new Programs(directory.toString());
    }

    private LogindScope scope() {
        return new LogindScope(path("booted"), path("cgroup"), programs());
    }

    private BytePath path(String name) {
        return BytePath.of(directory.resolve(name).toString());
    }

    @Test
    void isUsedWhereLogindKills() {
        List<String> prefix = scope().prefix(ID);
        assertEquals("systemd-run", prefix.get(0));
        assertTrue(prefix.contains("--scope") && prefix.contains("--unit=froggr-" + ID), prefix.toString());
    }

    @Test
    void isNotUsedWhereItIsNotNeeded() throws IOException {
        program("loginctl", "echo KillUserProcesses=no");
        assertEquals(List.of(), scope().prefix(ID));
        program("loginctl", "echo KillUserProcesses=yes");
        Files.writeString(directory.resolve("cgroup"), "0::/user.slice/user-1000.slice/user@1000.service/app.slice\n");
        assertEquals(List.of(), scope().prefix(ID));
        Files.writeString(directory.resolve("cgroup"), LOGIN);
        Files.delete(directory.resolve("booted"));
        assertEquals(List.of(), scope().prefix(ID));
    }

    @Test
    void theDoctorTellsOfAPlatformThatLogindWillEnd() throws IOException {
        assertEquals("ENDS_WITH_LOGIN", new LoginCheck(scope()).examine().get(0).code());
        Files.delete(directory.resolve("systemd-run"));
        assertEquals(1, new LoginCheck(scope()).examine().size());
        Files.writeString(directory.resolve("cgroup"), "0::/system.slice/froggr-platform-7.scope\n");
        assertEquals(List.of(), new LoginCheck(scope()).examine());
        Files.writeString(directory.resolve("cgroup"), LOGIN);
        program("loginctl", "echo KillUserProcesses=no");
        assertEquals(List.of(), new LoginCheck(scope()).examine());
    }

    @Test
    void theProcessKeepsItsNumberInIt() throws Exception {
        try (TestHome home = new TestHome()) {
            Anchor anchor = launch(home);
            assertTrue(anchor.ping(Duration.ofSeconds(20)));
            assertTrue(Files.readString(directory.resolve("trace")).contains("--unit=froggr-" + anchor.id()));
            assertEquals(List.of(), home.log.warnings);
        }
    }

    @Test
    void aSessionStartsWithoutOneIfItIsRefused() throws Exception {
        program("systemd-run", "echo no manager here >&2; exit 1");
        try (TestHome home = new TestHome()) {
            assertTrue(launch(home).ping(Duration.ofSeconds(20)));
            assertTrue(home.log.warnings.get(0).contains("no manager here"), home.log.warnings.toString());
        }
    }

    private Anchor launch(TestHome home) throws Exception {
        UUID id = UUID.randomUUID();
        AnchorProgram program = new AnchorProgram(TestHome.DISTRIBUTION, home.path(), programs());
        return home.keep(new AnchorLauncher(program, scope(), true, home.log.logger)
                .launch(id, home.session(id), SessionMode.SHARED));
    }
}
