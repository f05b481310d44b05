package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** The machine was restarted: all processes and mounts are gone, and only files are left. */
final class RebootIT {
    private static final Duration RESTART = Duration.ofSeconds(30);

    /** Ends all that a reboot ends. */
    private static void loseAll(Froggr frg, String id) {
        long anchor = frg.anchor(id);
        frg.crashAll();
        Processes.signal("KILL", anchor);
        frg.rootly("umount \"$1\" 2>/dev/null; true", frg.path("t"));
    }

    /** Writes into the record that another boot made it, and what process it had then. */
    private static void setBoot(Froggr frg, String id, long pid) {
        frg.sh(
                        """
                        f=$FROGGR_HOME/sessions/$1/session.json boot=$(cat /proc/sys/kernel/random/boot_id)
                        other=00000000-0000-4000-8000-000000000000
                        start=$(sed 's/.*) //' "/proc/$2/stat" 2>/dev/null | cut -d ' ' -f 20)
                        sed -E -e "s/$boot/$other/" -e 's/("pid" *: *)[0-9]+/\\1'"$2/" \\
                            -e 's/("processStart" *: *)[0-9]+/\\1'"${start:-77}/" "$f" >"$f.x" &&
                            grep -q "$other" "$f.x" && grep -Eq 'pid" *: *'"$2\\b" "$f.x" && mv "$f.x" "$f"
                        """,
                        id,
                        Long.toString(pid))
                .ok();
    }

    private static void requireLost(Froggr frg, String id, String why) {
        Wait.until("it is in quarantine", RESTART, () -> frg.state(id).equals("FAILED"));
        JsonNode details = frg.run("session", id, "--json").ok().json();
        assertTrue(details.toString().contains(why), details.toString());
        details.path("entries").forEach(entry -> assertEquals("false", entry.path("present").asText()));
        assertEquals(0, frg.processes().size(), "nothing was started for it");
        frg.sh("test ! -e t/f").ok();
    }

    /** What {@code frg ns} prints is run again, after the session was killed. */
    private static void applyAgain(Froggr frg, String id) {
        String again = frg.sh(
                        """
                        "$FRG" ns "$1" >lines && "$FRG" session -k "$1" >/dev/null || exit
                        private=$2
                        while IFS= read -r line; do eval "\"$FRG\" $line $private"; done <lines; rm lines""",
                        id,
                        frg.world().isPrivileged() ? "" : "--private")
                .session();
        frg.inside(again, "cat", frg.path("t/f")).prints("f");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void theSessionIsReportedLostAtBootAndAppliedAgain(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        loseAll(frg, id);
        setBoot(frg, id, 77);
        requireLost(frg, id, "lost at boot");
        applyAgain(frg, id);
    }

    /** After a reboot numbers begin again, so that pid and start time may by chance be those of a stranger. */
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aProcessOfThisBootIsNotTheOneOfAnother(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        loseAll(frg, id);
        // Its words are those of an anchor.
        String script = frg.file("lib/frg-anchor", "mkfifo wait; exec 9<>wait; while :; do read line <&9; done");
        try (Running stranger = frg.startScript("exec sh \"$1\" froggr-session \"$2\"", script, id)) {
            Wait.until("it waits", RESTART, () -> frg.sh("test -p wait").status() == 0);
            setBoot(frg, id, stranger.pid());
            Wait.until("it is in quarantine", RESTART, () -> frg.state(id).equals("FAILED"));
            frg.run("session", "-k", id).ok();
            assertTrue(stranger.isAlive());
        }
    }

    /** Of the same boot: everything is gone all the same. */
    @FrgTest(value = ROOT, fresh = true)
    void whenAllIsGoneWithoutARebootItIsReportedToo(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        loseAll(frg, id);
        requireLost(frg, id, "neither its process nor any of its mounts is there");
        applyAgain(frg, id);
    }
}
