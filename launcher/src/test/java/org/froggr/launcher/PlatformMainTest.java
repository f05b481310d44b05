package org.froggr.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's JVM as the loop sees it: its end. */
class PlatformMainTest {
    @TempDir
    Path root;

    private TinyDistribution tiny;
    private File output;

    @BeforeEach
    void makeDistribution() throws Exception {
        tiny = new TinyDistribution(root).bundle("a").feature("a");
        output = root.resolve("output").toFile();
    }

    private Process start(Path home, Path dist) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Dfroggr.home=" + home, "-Dfroggr.dist=" + dist,
                        "-cp", System.getProperty("java.class.path"), PlatformMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private int statusOf(Process process) throws Exception {
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws Exception {
        return Files.readString(output.toPath());
    }

    @Test
    void termIsAnOrderlyStop() throws Exception {
        Process process = start(tiny.places.home(), tiny.places.dist());
        Await.until("it has started", () -> tiny.log().contains("started with 2 bundles"));
        process.destroy();
        assertEquals(0, statusOf(process));
        assertTrue(tiny.log().contains("stopped with status 0"), tiny::log);
        assertFalse(output().contains("frg:"), output());
    }

    @Test
    void aBrokenFeatureIsUnusable() throws Exception {
        Files.writeString(tiny.places.feature(), "{");
        assertEquals(78, statusOf(start(tiny.places.home(), tiny.places.dist())));
        assertTrue(output().startsWith("frg: platform: "), output());
        assertTrue(tiny.log().contains("froggr.json"), tiny::log);
    }

    @Test
    void aHomeThatOthersCanReadIsRefused() throws Exception {
        Path home = tiny.places.home();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-x---"));
        assertEquals(78, statusOf(start(home, tiny.places.dist())));
        assertTrue(output().contains("BAD_HOME"), output());
        assertTrue(output().contains("open to others"), output());
        assertFalse(Files.exists(home.resolve("etc")), "nothing was touched");
    }

    @Test
    void aLinkIsNoHome() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), tiny.places.home());
        assertEquals(78, statusOf(start(link, tiny.places.dist())));
        assertTrue(output().contains("BAD_HOME"), output());
    }

    @Test
    void aRelativeHomeIsRefused() throws Exception {
        assertEquals(78, statusOf(start(Path.of("home"), tiny.places.dist())));
        assertTrue(output().contains("absolute"), output());
    }
}
