package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Wait;

/** The session's process dies: the policy chosen for the session decides what becomes of it. */
final class AnchorDeathIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @FrgTest
    void resumeMakesANewProcessForTheSameMounts(Froggr frg) {
        String id = prepare(frg, "resume");
        String table = frg.mountTable();
        long dead = kill(frg, id);
        Wait.until("another process", SOON, () -> frg.anchor(id) != 0 && frg.anchor(id) != dead);
        assertEquals(table, frg.mountTable(), "the mounts were not touched");
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        assertEquals("ACTIVE", frg.state(id));
    }

    @FrgTest
    void remountMakesTheMountsAnew(Froggr frg) {
        String id = prepare(frg, "remount");
        String ns = frg.run("ns", id).ok().out();
        long dead = kill(frg, id);
        Wait.until("another process", SOON, () -> frg.anchor(id) != 0 && frg.anchor(id) != dead);
        Wait.until("it is active again", SOON, () -> frg.state(id).equals("ACTIVE"));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        assertEquals(ns, frg.run("ns", id).ok().out());
    }

    @FrgTest
    void cleanUpEndsTheSession(Froggr frg) {
        String before = frg.mountTable();
        String id = prepare(frg, "clean-up");
        kill(frg, id);
        Wait.until("the session is gone", SOON, () -> frg.session(id) == null);
        assertEquals(before, frg.mountTable());
        frg.sh("test ! -e \"$FROGGR_HOME/sessions/$1\"", id).ok();
    }

    @FrgTest
    void quarantineTouchesNothing(Froggr frg) {
        String id = prepare(frg, "quarantine");
        String table = frg.mountTable();
        kill(frg, id);
        Wait.until("the session is reported failed", SOON, () -> frg.state(id).equals("FAILED"));
        assertEquals(table, frg.mountTable());
        Wait.until("it is written down why", SOON, () -> frg.sh("grep PROCESS_DIED \"$FROGGR_HOME/sessions/$1/post-mortem.txt\"", id)
                .status() == 0);
        frg.run("session", "-k", id).ok();
    }

    @FrgTest
    void byDefaultItGoesOn(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        long dead = kill(frg, id);
        Wait.until("another process", SOON, () -> frg.anchor(id) != 0 && frg.anchor(id) != dead);
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("unmount", frg.path("t")).ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void byDefaultTooManyDeathsEndInQuarantine(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        for (int death = 0; death < 30 && !frg.state(id).equals("FAILED"); death++) {
            long pid = frg.anchor(id);
            Processes.signal("KILL", pid);
            Wait.until(
                    "another process, or none any more",
                    SOON,
                    () -> frg.state(id).equals("FAILED") || frg.state(id).equals("ACTIVE") && frg.anchor(id) != pid);
        }
        assertEquals("FAILED", frg.state(id));
        frg.run("session", "-k", id).ok();
    }

    @FrgTest({ROOT, USER})
    void everySignalButTermAndKillIsIgnored(Froggr frg) {
        String id = prepare(frg, "quarantine");
        long pid = frg.anchor(id);
        // Half a line is in its pipe while the signals come.
        frg.sh("printf pi >\"$FROGGR_HOME/sessions/$1/anchor\"", id).ok();
        for (String signal : List.of("HUP", "INT", "QUIT", "USR1", "USR2", "PIPE", "ALRM")) {
            Processes.signal(signal, pid);
        }
        frg.sh("printf '\\n' >\"$FROGGR_HOME/sessions/$1/anchor\"", id).ok();
        assertTrue(Processes.isAlive(pid));
        frg.run("mount", "-s", id, frg.path("s"), frg.directory("u")).prints(id);
        assertEquals(pid, frg.anchor(id));
        assertEquals("ACTIVE", frg.state(id));
    }

    @FrgTest({ROOT, USER})
    void onTermItEndsCleanly(Froggr frg) {
        String id = prepare(frg, "quarantine");
        long pid = frg.anchor(id);
        Processes.signal("TERM", pid);
        Wait.until("it has ended", SOON, () -> !Processes.isAlive(pid));
        assertTrue(frg.processes().stream().noneMatch(p -> Processes.command(p).contains(id)), "and left no child");
        frg.run("session", "-k", id).ok();
    }

    @FrgTest({ROOT, USER})
    void itSurvivesTheTerminalThatMadeIt(Froggr frg) {
        org.froggr.itests.harness.Need.program("script");
        frg.file("s/f", "f");
        frg.directory("t");
        String mode = frg.world().isPrivileged() ? "" : "--private";
        frg.sh("script -qec '\"$FRG\" mount " + mode + " s t' /dev/null </dev/null")
                .ok();
        String id = frg.sessions().get(0).path("id").asText();
        assertNotEquals(0, frg.anchor(id));
        assertTrue(Processes.isAlive(frg.anchor(id)));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
    }

    private static String prepare(Froggr frg, String policy) {
        frg.file("s/f", "f");
        List<String> words = new ArrayList<>(Arrays.asList("session", "new", "--recovery", policy));
        if (!frg.world().isPrivileged()) {
            words.add("--private");
        }
        String id = frg.run(words.toArray(String[]::new)).session();
        frg.run("mount", "-s", id, frg.path("s"), frg.directory("t")).prints(id);
        return id;
    }

    private static long kill(Froggr frg, String id) {
        long pid = frg.anchor(id);
        Processes.signal("KILL", pid);
        return pid;
    }
}
