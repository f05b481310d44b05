package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that the kernel reads and writes itself. */
class PassthroughMountTest {
    private Path backing;
    private RealMount mount;

    @BeforeEach
    void mount() throws Exception {
        backing = Files.createTempDirectory(Path.of("/dev/shm"), "froggr-backing-");
        mount = RealMount.of(new RealFilesTree(backing.toString()), true);
    }

    @AfterEach
    void unmount() throws Exception {
        mount.close();
        try (var files = Files.list(backing)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(backing);
    }

    @Test
    void dataDoesNotComeHere() throws Exception {
        mount.sh("head -c 3000000 /dev/urandom > f; cat f f | wc -c; cmp f " + backing + "/f");
        mount.sh("printf more >> f; tail -c 4 f | grep -q more");
        assertEquals(0, mount.service.usage().bytesRead());
        assertEquals(0, mount.service.usage().bytesWritten());
        assertEquals(3_000_004, Files.size(backing.resolve("f")));
    }

    @Test
    void readersAndWritersShareOneBackingFile() throws Exception {
        assertEquals("one two", mount.sh("""
                printf 'one ' > f
                exec 3<f 4>>f 5<>f
                printf two >&4
                cat <&3
                exec 3<&- 4>&- 5>&-
                """));
        assertEquals(0, mount.service.usage().bytesWritten());
    }

    @Test
    void sharedMappingsAreOfTheBackingFile() throws Exception {
        Files.writeString(backing.resolve("f"), "aaaaaaaaaa");
        mount.sh("""
                python3 - <<'END'
                import mmap, os
                fd = os.open('f', os.O_RDWR)
                m = mmap.mmap(fd, 10)
                m[2:4] = b'XY'
                END
                """);
        assertEquals("aaXYaaaaaa", Files.readString(backing.resolve("f")));
    }

    @Test
    void setIdsGoAlthoughTheKernelWritesAsThePlatform() throws Exception {
        Path file = backing.resolve("f");
        Files.writeString(file, "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
        new ProcessBuilder(List.of("chmod", "6777", file.toString())).start().waitFor();
        mount.sh("exec 3<f; setpriv --reuid 1234 --regid 1234 --clear-groups sh -c 'echo y >> f'");
        assertEquals("777", mount.sh("stat -c %a f"));
        assertTrue(mount.service.usage().bytesWritten() > 0, "those writes come here");
        assertEquals("x", mount.sh("head -c 1 f"));
    }

    @Test
    void nothingStaysRegistered() throws Exception {
        mount.sh("""
                i=0
                while [ $i -lt 300 ]; do
                  echo $i > f; read x < f; test $x = $i
                  i=$((i+1))
                done
                """);
        HangTest.await("all are released", () -> mount.service.usage().handles() == 0);
    }
}
