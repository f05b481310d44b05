package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.froggr.spi.doctor.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryCheckTest {
    private final UUID id = UUID.randomUUID();
    private TestHome home;
    private SessionDirectory directory;
    private Path path;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        directory = home.store().create(id);
        path = home.path(id);
        file("session.json", "rw-------");
        Files.createDirectory(path.resolve("recovery"), PosixFilePermissions.asFileAttribute(mode("rwx------")));
        file("recovery/fuse-nodes", "rw-------");
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    private static Set<PosixFilePermission> mode(String text) {
        return PosixFilePermissions.fromString(text);
    }

    private Path file(String name, String mode) throws IOException {
        return Files.setPosixFilePermissions(Files.createFile(path.resolve(name)), mode(mode));
    }

    private List<Finding> examine() throws Exception {
        List<Finding> findings = new ArrayList<>();
        new DirectoryCheck(directory, directory::ensurePipes).examine(findings);
        return findings;
    }

    private Finding only(String code) throws Exception {
        List<Finding> findings = examine();
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(code, findings.get(0).code());
        assertEquals(id, findings.get(0).session().orElseThrow());
        return findings.get(0);
    }

    private void mends(String code) throws Exception {
        only(code).remedy().orElseThrow().apply();
        assertEquals(List.of(), examine());
    }

    @Test
    void asItIsMadeNothingIsWrong() throws Exception {
        Files.createDirectory(path.resolve("fs"));
        Files.createDirectory(path.resolve("original-12"));
        assertEquals(List.of(), examine());
    }

    @Test
    void pipesAreMadeAgain() throws Exception {
        Files.delete(path.resolve("ctl"));
        mends("BAD_PIPE");
        Files.delete(path.resolve("reply"));
        file("reply", "rw-------");
        mends("BAD_PIPE");
        Files.setPosixFilePermissions(path.resolve("anchor"), mode("rw-rw-rw-"));
        mends("BAD_PIPE");
    }

    @Test
    void whatIsOpenToOthersIsClosed() throws Exception {
        Files.setPosixFilePermissions(path.resolve("session.json"), mode("rw-r--r--"));
        mends("WRONG_MODE");
        Files.setPosixFilePermissions(path.resolve("recovery"), mode("rwxr-xr-x"));
        mends("WRONG_MODE");
        Files.setPosixFilePermissions(path.resolve("recovery/fuse-nodes"), mode("rw-rw-rw-"));
        mends("WRONG_MODE");
    }

    @Test
    void aRecordThatWasSetAsideIsRemoved() throws Exception {
        Path aside = file("session.json.bad-3", "rw-------");
        mends("SET_ASIDE");
        assertFalse(Files.exists(aside));
    }

    @Test
    void whatIsNotFroggrsIsReportedAndStays() throws Exception {
        Path notes = file("notes", "rw-r--r--");
        assertTrue(only("UNKNOWN_FILE").remedy().isEmpty());
        assertTrue(Files.exists(notes));
    }

    @Test
    void anotherKindOfFileIsReportedAndStays() throws Exception {
        Files.createSymbolicLink(path.resolve("recovery/link"), Path.of("/etc/passwd"));
        assertTrue(only("WRONG_TYPE").remedy().isEmpty());
        Files.delete(path.resolve("recovery/link"));
        Files.createDirectory(path.resolve("log.jsonl"));
        assertTrue(only("WRONG_TYPE").remedy().isEmpty());
    }

    @Test
    void aDirectoryThatIsGoneIsNoFinding() throws Exception {
        TestHome.delete(path);
        assertEquals(List.of(), examine());
    }
}
