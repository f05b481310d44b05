package org.froggr.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code frg-platform} checks before there is a loop, and where the loop goes. */
class PlatformScriptTest {
    private FakePlatform fake;

    @BeforeEach
    void makeFake() throws Exception {
        fake = new FakePlatform();
    }

    @AfterEach
    void removeFake() throws Exception {
        fake.remove();
    }

    @Test
    void aHomeThatIsALinkIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(fake.root.resolve("link"), fake.home);
        FakePlatform.Result result = fake.run("start", Map.of("FROGGR_HOME", link.toString()));
        assertEquals(77, result.status());
        assertTrue(result.output().contains("BAD_HOME"), result::output);
        assertFalse(Files.exists(fake.home.resolve("platform")), "nothing was touched");
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        FakePlatform.Result result = fake.run("start", Map.of("FROGGR_JAVA_HOME", "/nonexistent"));
        assertEquals(69, result.status());
        assertTrue(result.output().contains("UNAVAILABLE"), result::output);
        assertTrue(result.output().contains("/nonexistent"), result::output);
    }

    @Test
    void anOldJdkIsNone() throws Exception {
        Files.writeString(fake.jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertEquals(69, fake.run("start", Map.of()).status());
    }

    @Test
    void optionsOfTheUserComeAfterOurs() throws Exception {
        fake.run("start", Map.of("FROGGR_JAVA_OPTS", "-Xmx1g -Dmine=1"));
        fake.awaitPlatform();
        assertTrue(fake.arguments().indexOf("-Xmx1g") > fake.arguments().indexOf("-Xmx256m"));
        assertTrue(fake.arguments().contains("-Dmine=1"));
        assertTrue(fake.arguments().contains("-Dfroggr.home=" + fake.home));
    }

    @Test
    void filesAreForTheOwnerOnly() throws Exception {
        fake.start();
        fake.awaitPlatform();
        assertEquals("rw-------", permissions("platform/console.log"));
        assertEquals("rwx------", permissions("platform"));
    }

    private String permissions(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(fake.home.resolve(path)));
    }

    @Test
    void whereLogindKillsTheLoopGetsAScopeOfItsOwn() throws Exception {
        Map<String, String> environment = withSystemd("b true");
        fake.run("start", environment);
        fake.awaitPlatform();
        String asked = Files.readString(fake.root.resolve("asked"));
        assertTrue(asked.contains("--scope"), asked);
        assertTrue(asked.contains("--unit=froggr-platform-"), asked);
    }

    @Test
    void whereLogindKillsNothingItGetsNone() throws Exception {
        fake.run("start", withSystemd("b false"));
        fake.awaitPlatform();
        assertFalse(Files.exists(fake.root.resolve("asked")));
    }

    @Test
    void aScopeThatCannotBeMadeIsDoneWithout() throws Exception {
        Map<String, String> environment = withSystemd("b true");
        program("systemd-run", "echo 'no bus' >&2; exit 1");
        fake.run("start", environment);
        fake.awaitPlatform();
    }

    /** Programs that answer as systemd's do. */
    private Map<String, String> withSystemd(String killUserProcesses) throws Exception {
        program("busctl", "echo '" + killUserProcesses + "'");
        program("systemd-run", "echo \"$*\" >'" + fake.root.resolve("asked") + "'\n"
                + "while [ \"$1\" != sh ]; do shift; done\nexec \"$@\"");
        return Map.of(
                "PATH", fake.root.resolve("bin") + ":" + System.getenv("PATH"),
                "FROGGR_SYSTEMD_DIR", fake.root.toString());
    }

    private void program(String name, String body) throws Exception {
        Path file = fake.root.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
