package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** A process id goes to another process of the same user, which is never signalled. */
final class PidReuseIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

    /** Writes down every signal that can be caught, and waits. */
    private static final String STRANGER =
            """
            for n in $(seq 1 64); do
                case $n in 9 | 17 | 19 | 32 | 33) ;; *) trap "echo $n >>signals" "$n" ;; esac
            done
            mkfifo wait && exec 9<>wait && touch ready
            while :; do read -r line <&9; done
            """;

    /**
     * The kernel gives the number after the last one, unless another process was quicker (proc(5)). The last
     * one is put back at once, so that nobody else gets numbers that were in use a moment ago.
     */
    private static final String BECOME =
            """
            last=/proc/sys/kernel/ns_last_pid tries=0
            while [ "$tries" -lt 5000 ]; do
                tries=$((tries + 1))
                before=$(cat "$last") && echo $(($1 - 1)) >"$last" || exit
                USER_PREFIX sh "$2" froggr-session "$3" &
                echo "$before" >"$last"
                if [ "$!" -eq "$1" ]; then wait; exit; fi
                kill -KILL "$!"; wait "$!"
            done
            """;

    /** A stranger with that number and with the words of an anchor; returns once it has it and waits. */
    private static Running become(Froggr frg, long pid, String session) {
        Need.that(frg.canBecomeOthers() && Files.isWritable(LAST_PID), "way to choose a process id");
        Wait.until("the number is free", SOON, () -> Processes.state(pid).isEmpty());
        String script = frg.file("lib/frg-anchor", STRANGER);
        frg.sh("rm -f signals ready wait").ok();
        String become = BECOME.replace("USER_PREFIX", frg.asUser());
        Running running = frg.startRootScript(become, Long.toString(pid), script, session);
        Wait.until(
                "another process has the number " + pid,
                SOON,
                () -> Processes.command(pid).contains(script)
                        && frg.sh("test -e ready").status() == 0);
        return running;
    }

    private static void requireUnharmed(Froggr frg, long pid) {
        assertEquals("S", Processes.state(pid));
        assertEquals("", frg.sh("cat signals 2>/dev/null; true").out());
        Processes.signal("USR1", pid);
        Wait.until("it would have told", SOON, () -> frg.sh("cat signals").out().equals("10\n"));
    }

    private static void end(Running stranger, long pid) {
        Processes.signal("KILL", pid);
        stranger.end(SOON);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void thatOfAnAnchorWhileNoPlatformRuns(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        long anchor = frg.anchor(id);
        frg.crashAll();
        Processes.signal("KILL", anchor);
        try (Running stranger = become(frg, anchor, id)) {
            frg.run("session", "-l").ok();
            Wait.until("the session works again", SOON, () -> frg.state(id).equals("ACTIVE"));
            assertNotEquals(anchor, frg.anchor(id));
            assertNotEquals(0, frg.anchor(id));
            frg.inside(id, "cat", frg.path("t/f")).prints("f");
            frg.run("session", "-k", "--force", id).ok();
            requireUnharmed(frg, anchor);
            end(stranger, anchor);
        }
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void thatOfAnAnchorWhoseDeathEndsTheSession(Froggr frg) {
        String mode = frg.world().isPrivileged() ? "" : "--private";
        String id = frg.sh("\"$FRG\" session new --recovery quarantine " + mode).session();
        long anchor = frg.anchor(id);
        Processes.signal("KILL", anchor);
        Wait.until("it is reported failed", SOON, () -> frg.state(id).equals("FAILED"));
        try (Running stranger = become(frg, anchor, id)) {
            assertEquals("FAILED", frg.state(id));
            frg.run("session", "-k", "--force", id).ok();
            requireUnharmed(frg, anchor);
            end(stranger, anchor);
        }
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void thatOfThePlatform(Froggr frg) {
        frg.run("session", "-l").ok();
        long platform = frg.platform();
        frg.crashAll();
        try (Running stranger = become(frg, platform, "none")) {
            frg.run("session", "-l").ok();
            assertNotEquals(platform, frg.platform());
            frg.stopPlatform();
            requireUnharmed(frg, platform);
            end(stranger, platform);
        }
    }
}
