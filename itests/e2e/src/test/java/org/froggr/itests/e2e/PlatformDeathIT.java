package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** The platform may die at any moment: mounts stay, and the next platform goes on with them. */
final class PlatformDeathIT {
    private static final Duration RESTART = Duration.ofSeconds(30);

    @FrgTest(
            value = {ROOT, ROOT_SHARED, USER},
            fresh = true)
    void killedPlatformsAreReplacedAndSessionsAdopted(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        long anchor = frg.anchor(id);
        String table = frg.mountTable();

        long dead = frg.crashPlatform();
        assertEquals(table, frg.mountTable(), "mounts do not need the platform");
        assertTrue(Processes.isAlive(anchor));
        Wait.until("the loop starts another", RESTART, () -> frg.platform() != 0 && frg.platform() != dead);
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        assertEquals(anchor, frg.anchor(id), "the same process goes on");
        assertEquals(1, frg.session(id).path("mounts").asInt());
        frg.run("unmount", frg.path("t")).ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aCommandStartsOneWhereTheLoopDiedToo(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        frg.crashAll();
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("unmount", frg.path("t")).ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void theStateSurvivesAnOrderlyStop(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        String ns = frg.run("ns", id).ok().out();
        frg.stopPlatform();
        Wait.until(
                "the loop has ended too",
                Duration.ofSeconds(10),
                () -> frg.processes().size() == Processes.of(frg.home()).size());
        assertEquals(ns, frg.run("ns", id).ok().out());
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aCommandInFlightIsToldToTryAgain(Froggr frg) {
        frg.run("session", "-l").ok();
        // Stopped, it takes requests that it never answers.
        Processes.signal("STOP", frg.platform());
        try (Running command = frg.start("session", "-l")) {
            Wait.until("the command waits", Duration.ofSeconds(5), () -> Processes.state(command.pid())
                    .equals("S"));
            frg.crashPlatform();
            Result result = command.end(RESTART);
            result.require(result.status() == 75 || result.status() == 0, "status 75, or the successor's answer");
            result.require(result.status() == 0 || result.err().contains("TRY_AGAIN"), "TRY_AGAIN");
        }
    }

    @FrgTest(value = ROOT, fresh = true)
    void aHungPlatformIsReplaced(Froggr frg) {
        String id = frg.mount(frg.directory("s"), frg.directory("t"));
        long hung = frg.platform();
        Processes.signal("STOP", hung);
        Wait.until("the loop replaces it", Duration.ofSeconds(60), () -> frg.platform() != 0 && frg.platform() != hung);
        assertEquals(1, frg.session(id).path("mounts").asInt());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void bothKilledAtOnce(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        long anchor = frg.anchor(id);
        frg.crashAll();
        Processes.signal("KILL", anchor);
        Wait.until("the session works again", RESTART, () -> frg.state(id).equals("ACTIVE"));
        assertNotEquals(anchor, frg.anchor(id));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aStalePidFileFoolsNobody(Froggr frg) {
        frg.run("session", "-l").ok();
        frg.crashAll();
        // A living process of the same user, with a start time that is not its own, and a pipe nobody reads.
        try (Running stranger = frg.startScript("exec sleep 600")) {
            frg.sh("printf '%s 1 pipe unix\\n' \"$1\" >$FROGGR_HOME/platform/pid", Long.toString(stranger.pid()))
                    .ok();
            frg.run("session", "-l").ok();
            assertTrue(stranger.isAlive());
        }
        frg.crashAll();
        frg.sh("printf garbage >$FROGGR_HOME/platform/pid").ok();
        frg.run("session", "-l").ok();
    }
}
