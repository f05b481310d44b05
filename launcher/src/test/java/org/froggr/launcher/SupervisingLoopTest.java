package org.froggr.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real loop with platforms that crash, hang, stop, or fail to start. */
class SupervisingLoopTest {
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
    void aKilledPlatformIsStartedAgainAtOnce() throws Exception {
        fake.start();
        ProcessHandle first = fake.awaitPlatform();
        first.destroyForcibly();
        fake.awaitPlatformAfter(first);
        assertEquals(2, fake.starts().size());
    }

    @Test
    void aStoppedPlatformIsKilledAndStartedAgain() throws Exception {
        fake.start();
        ProcessHandle first = fake.awaitPlatform();
        FakePlatform.signal("STOP", first);
        fake.awaitPlatformAfter(first);
        assertFalse(first.isAlive());
        assertTrue(fake.console().contains("no heartbeat for 2 checks"), fake.console());
    }

    @Test
    void aPlatformThatNeverBeatsIsKilled() throws Exception {
        fake.mode("silent");
        fake.start();
        ProcessHandle first = fake.awaitPlatform();
        fake.mode("live");
        fake.awaitPlatformAfter(first);
    }

    @Test
    void aPlatformThatNeverGetsReadyIsKilled() throws Exception {
        Files.writeString(fake.jdk.resolve("bin/java"), "#!/bin/sh\nexec sleep 300\n");
        fake.run("start", Map.of("FROGGR_START_CHECKS", "2"));
        Await.until("the kill is noted", () -> fake.console().contains("not ready after 2 checks"));
        Await.until("the crash is noted", () -> fake.console().contains("ended with status 137"));
    }

    @Test
    void aSeriesOfCrashesIsSlowedDown() throws Exception {
        fake.mode("fail 1");
        fake.start();
        Await.until("four starts", () -> fake.starts().size() >= 4);
        List<Double> at = fake.starts();
        assertTrue(at.get(1) - at.get(0) < 0.9, () -> "the second comes at once: " + at);
        assertTrue(at.get(2) - at.get(1) >= 0.9, () -> "the third after 1 s: " + at);
        assertTrue(at.get(3) - at.get(2) >= 1.9, () -> "the fourth after 2 s: " + at);
        assertTrue(fake.arguments().contains("-Dfroggr.cache.fresh=true"), "the bundle cache is not trusted");
    }

    @Test
    void anOrderlyStopEndsTheLoop() throws Exception {
        fake.start();
        ProcessHandle platform = fake.awaitPlatform();
        ProcessHandle loop = fake.loop().orElseThrow();
        FakePlatform.signal("TERM", platform);
        Await.until("the loop ends", () -> !loop.isAlive());
        assertFalse(Files.exists(fake.home.resolve("platform/supervisor")));
        assertEquals(1, fake.starts().size());
    }

    @Test
    void anUnusableHomeEndsTheLoop() throws Exception {
        fake.mode("fail 78");
        fake.start();
        Await.until("the end is noted", () -> fake.console().contains("ended with status 78"));
        Await.until("no process is left", () -> fake.processes().isEmpty());
        assertEquals(1, fake.starts().size());
    }

    @Test
    void termEndsLoopAndPlatform() throws Exception {
        fake.start();
        ProcessHandle platform = fake.awaitPlatform();
        ProcessHandle loop = fake.loop().orElseThrow();
        FakePlatform.signal("TERM", loop);
        Await.until("both end", () -> !loop.isAlive() && !platform.isAlive());
        assertFalse(Files.exists(fake.home.resolve("platform/pid")), "the platform's own end was orderly");
    }

    @Test
    void hangupAndInterruptDoNothing() throws Exception {
        fake.start();
        ProcessHandle platform = fake.awaitPlatform();
        ProcessHandle loop = fake.loop().orElseThrow();
        FakePlatform.signal("HUP", loop);
        FakePlatform.signal("INT", loop);
        FakePlatform.signal("USR1", loop);
        platform.destroyForcibly();
        fake.awaitPlatformAfter(platform);
        assertTrue(loop.isAlive());
    }

    @Test
    void startedTwiceThereIsOneLoop() throws Exception {
        fake.start();
        fake.awaitPlatform();
        Path marker = fake.home.resolve("platform/supervisor");
        String before = Files.readString(marker);
        FakePlatform.Result again = fake.run("run", Map.of());
        assertEquals(0, again.status(), again::output);
        assertEquals(before, Files.readString(marker));
        assertEquals(1, fake.starts().size());
    }

    @Test
    void aStalePidOfALivingProcessIsNeitherAdoptedNorHurt() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "300").start();
        try {
            Files.createDirectory(fake.home.resolve("platform"));
            Files.writeString(fake.home.resolve("platform/pid"), bystander.pid() + " 1 pipe\n");
            fake.start();
            fake.awaitPlatformAfter(bystander.toHandle());
            assertTrue(bystander.isAlive());
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void aNewLoopTakesOverALivingPlatform() throws Exception {
        fake.start();
        ProcessHandle platform = fake.awaitPlatform();
        ProcessHandle loop = fake.loop().orElseThrow();
        loop.destroyForcibly();
        Await.until("the loop is dead", () -> !loop.isAlive());
        fake.start();
        Await.until("another loop is there", () -> fake.loop().filter(l -> !l.equals(loop)).isPresent());
        Await.until("it has taken over", () -> fake.console().contains("watching over the platform " + platform.pid()));
        assertEquals(1, fake.starts().size());
        platform.destroyForcibly();
        fake.awaitPlatformAfter(platform);
    }

    @Test
    void aRemovedHomeEndsBoth() throws Exception {
        fake.start();
        ProcessHandle platform = fake.awaitPlatform();
        ProcessHandle loop = fake.loop().orElseThrow();
        Files.move(fake.home, fake.root.resolve("moved"));
        Await.until("both end", () -> !loop.isAlive() && !platform.isAlive());
        assertFalse(Files.exists(fake.home));
    }

    @Test
    void theNextStartUsesTheArchiveThatTrainingMade() throws Exception {
        assertEquals(0, fake.run("train", Map.of()).status());
        fake.start();
        fake.awaitPlatform();
        assertTrue(fake.arguments().stream().anyMatch(a -> a.startsWith("-XX:SharedArchiveFile=" + fake.home)));
        assertFalse(fake.arguments().stream().anyMatch(a -> a.startsWith("-Dfroggr.train.after")));
    }

    @Test
    void anArchiveIsForOneJdkOnly() throws Exception {
        assertEquals(0, fake.run("train", Map.of()).status());
        Files.writeString(fake.jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        fake.start();
        fake.awaitPlatform();
        assertTrue(fake.arguments().contains("-Dfroggr.train.after=30"));
        assertFalse(fake.arguments().stream().anyMatch(a -> a.startsWith("-XX:SharedArchiveFile")));
    }
}
