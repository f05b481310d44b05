package org.froggr.shell.internal.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.doctor.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeCheckTest {
    @TempDir
    private Path directory;

    private OwnedFd root;
    private OwnedFd platform;

    @BeforeEach
    void makeHome() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        for (String name : new String[] {"platform", "platform/slots", "sessions", "etc"}) {
            Files.createDirectory(
                    directory.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        root = open(directory);
        platform = open(directory.resolve("platform"));
        file("platform/pid", "rw-------");
        file("platform/slots/3.req", "rw-r--r--");
    }

    @AfterEach
    void close() throws ErrnoException {
        platform.close();
        root.close();
    }

    private static OwnedFd open(Path path) throws ErrnoException {
        return OwnedFd.of(Fd.open(BytePath.of(path.toString()), Fd.O_RDONLY | Fd.O_DIRECTORY, 0));
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<Finding> examine() throws ErrnoException {
        return new HomeCheck(new Home(BytePath.of(directory.toString()), root.number(), platform.number())).examine();
    }

    private record Home(BytePath path, int descriptor, int platformDescriptor) implements PlatformHome {
        @Override
        public int sessionsDescriptor() {
            return descriptor;
        }

        @Override
        public long owner() {
            return Ids.euid();
        }
    }

    private Finding only(String code) throws ErrnoException {
        List<Finding> findings = examine();
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(code, findings.get(0).code());
        return findings.get(0);
    }

    @Test
    void asThePlatformMakesItNothingIsWrong() throws Exception {
        assertEquals(List.of(), examine());
    }

    @Test
    void anOpenFileIsClosed() throws Exception {
        Path log = file("platform/platform.log", "rw-r-----");
        Finding finding = only("WRONG_MODE");
        assertEquals("chmod 0600", finding.deed().orElseThrow());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
        finding.remedy().orElseThrow().apply();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
        assertEquals(List.of(), examine());
    }

    @Test
    void anOpenHomeIsClosed() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        only("WRONG_MODE").remedy().orElseThrow().apply();
        assertEquals(List.of(), examine());
    }

    @Test
    void aModeIsNotChangedOfAFileThatCameInBetween() throws Exception {
        Path log = file("platform/platform.log", "rw-r-----");
        Finding finding = only("WRONG_MODE");
        Files.move(log, directory.resolve("platform/platform.log.1"));
        Path other = file("platform/platform.log", "rw-r-----");
        finding.remedy().orElseThrow().apply();
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
    }

    @Test
    void strangersAreReportedAndStay() throws Exception {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertTrue(only("UNKNOWN_FILE").remedy().isEmpty());
    }

    @Test
    void symbolicLinksAreReportedAndStay() throws Exception {
        Files.createSymbolicLink(directory.resolve("bundles"), Path.of("/tmp"));
        assertTrue(only("SYMLINK").remedy().isEmpty());
    }

    @Test
    void aRequestThatNobodyTookIsRemovedOnceItIsOld() throws Exception {
        Path request = directory.resolve("platform/slots/3.req");
        Files.setLastModifiedTime(request, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
        Finding finding = only("STALE_FILE");
        root.close();
        root = open(directory);
        finding.remedy().orElseThrow().apply();
        assertFalse(Files.exists(request));
    }

    @Test
    void aCrashOfTheJvmIsReported() throws Exception {
        file("platform/crash.log", "rw-------");
        assertTrue(only("CRASHED").remedy().isEmpty());
    }

    @Test
    void littleRoomIsReported() {
        Space space = new Space(new Home(BytePath.of("/h"), -1, -1));
        assertEquals(List.of(), space.judge(1L << 30, 1000, 500));
        assertEquals(1, space.judge(1000, 1000, 500).size());
        assertEquals(1, space.judge(1L << 30, 1000, 0).size());
        assertEquals(List.of(), space.judge(1L << 30, 0, 0), "btrfs counts no files");
    }
}
