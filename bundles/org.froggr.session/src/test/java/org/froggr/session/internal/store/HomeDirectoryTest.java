package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HomeDirectoryTest {
    private Path parent;
    private Path path;

    @BeforeEach
    void makeParent() throws Exception {
        parent = Files.createTempDirectory("froggr-home-");
        path = parent.resolve("home");
    }

    @AfterEach
    void removeParent() throws Exception {
        TestHome.delete(parent);
    }

    private HomeDirectory open() throws FroggrException {
        return new HomeDirectory(BytePath.of(path.toString()));
    }

    private void assertRefused(String why) {
        FroggrException error = assertThrows(FroggrException.class, this::open);
        assertEquals(Fault.BAD_HOME, error.fault());
        assertTrue(error.getMessage().contains(why), error.getMessage());
        assertTrue(error.hint().isPresent());
    }

    @Test
    void makesWhatIsMissingForItsUserAlone() throws Exception {
        try (HomeDirectory home = open()) {
            for (String name : new String[] {"", "platform", "sessions", "etc", "bundles"}) {
                Stat stat = Stat.at(Fd.AT_FDCWD, BytePath.of(path.resolve(name).toString()), false);
                assertTrue(stat.isDirectory());
                assertEquals(0700, stat.permissions());
            }
            assertEquals(Ids.euid(), home.owner());
            assertEquals(path.toString(), home.path().toString());
            assertTrue(home.stillThere());
            assertFalse(home.restore());
        }
        open().close();
    }

    @Test
    void refusesASymbolicLinkAndTouchesNothing() throws Exception {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(path, elsewhere);
        assertRefused("is a symbolic link, or no directory");
        path = parent.resolve("home/");
        assertRefused("is a symbolic link, or no directory");
        try (var inside = Files.list(elsewhere)) {
            assertEquals(0, inside.count());
        }
    }

    @Test
    void refusesWhatIsNoDirectoryOrHasNoParent() throws Exception {
        Files.writeString(path, "a file");
        assertRefused("is a symbolic link, or no directory");
        path = parent.resolve("missing/home");
        assertRefused("No such file or directory");
    }

    @Test
    void refusesAHomeThatIsOpenToOthersAndOneWithin() throws Exception {
        open().close();
        At.chmod(Fd.AT_FDCWD, BytePath.of(path.toString()), 0750);
        assertRefused("is open to others (mode 0750)");
        At.chmod(Fd.AT_FDCWD, BytePath.of(path.toString()), 0700);
        At.chmod(Fd.AT_FDCWD, BytePath.of(path + "/sessions"), 0701);
        assertRefused("sessions is open to others (mode 0701)");
    }

    @Test
    void refusesAHomeOfSomebodyElse() throws Exception {
        Assumptions.assumeTrue(Ids.euid() == 0, "giving files away needs root");
        Files.createDirectory(path);
        At.chmod(Fd.AT_FDCWD, BytePath.of(path.toString()), 0700);
        At.chown(Fd.AT_FDCWD, BytePath.of(path.toString()), 65534, 65534);
        assertRefused("belongs to user 65534, not to user 0");
    }

    @Test
    void isMadeAnewUnderTheSameDescriptors() throws Exception {
        try (HomeDirectory home = open()) {
            int[] before = {home.descriptor(), home.platformDescriptor(), home.sessionsDescriptor()};
            TestHome.delete(path);
            assertFalse(home.stillThere());
            assertTrue(home.restore());
            assertTrue(home.stillThere());
            assertEquals(before[0], home.descriptor());
            assertEquals(before[1], home.platformDescriptor());
            At.mkdir(home.sessionsDescriptor(), BytePath.of("here"), 0700);
            assertTrue(Files.isDirectory(path.resolve("sessions/here")));
            assertFalse(home.restore());
        }
    }

    @Test
    void aRemovedPartIsMadeAnewAndTheRestKept() throws Exception {
        try (HomeDirectory home = open()) {
            Files.writeString(path.resolve("platform/pid"), "1");
            TestHome.delete(path.resolve("sessions"));
            assertFalse(home.stillThere());
            assertTrue(home.restore());
            assertTrue(At.exists(home.platformDescriptor(), BytePath.of("pid")));
        }
    }

    @Test
    void isNotMadeAnewWhereSomethingElseIsNow() throws Exception {
        try (HomeDirectory home = open()) {
            TestHome.delete(path);
            Files.createSymbolicLink(path, parent);
            FroggrException error = assertThrows(FroggrException.class, home::restore);
            assertEquals(Fault.BAD_HOME, error.fault());
            assertFalse(home.stillThere());
            assertTrue(Stat.of(home.descriptor()).isDirectory());
        }
    }

    @Test
    void anyBytesMayBeInItsPath() throws Exception {
        BytePath odd = BytePath.of(parent + "/a b\n\udcff\ud83d\udc38");
        try (HomeDirectory home = new HomeDirectory(odd)) {
            assertEquals(odd, home.path());
            assertTrue(home.stillThere());
        } finally {
            for (String name : new String[] {"platform", "sessions", "etc", "bundles"}) {
                At.rmdir(Fd.AT_FDCWD, odd.resolve(name));
            }
            At.rmdir(Fd.AT_FDCWD, odd);
        }
    }
}
