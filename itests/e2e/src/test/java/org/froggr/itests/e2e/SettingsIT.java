package org.froggr.itests.e2e;

import static org.froggr.api.Fault.LIMIT;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Wait;

/** Settings in {@code etc/<pid>.cfg} work at once. */
final class SettingsIT {
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void sessionsAreLimited(Froggr frg) {
        set(frg, "org.froggr.session", "maxSessions=2");
        session(frg);
        session(frg);
        frg.refuses(LIMIT, "session", "new", "--private").says("2").hinting("session");
        frg.directory("s", "t");
        frg.refuses(LIMIT, frg.withMode("mount", frg.path("s"), frg.path("t"))).says("2");
        set(frg, "org.froggr.session", "maxSessions=3");
        Wait.until(
                "the new limit",
                Duration.ofSeconds(10),
                () -> frg.run("session", "new", "--private").status() == 0);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void mountsOfASessionAreLimited(Froggr frg) {
        set(frg, "org.froggr.session", "maxMounts=1");
        awaitMountLimit(frg, 1);
        String id = session(frg);
        frg.run("mount", "-s", id, frg.directory("s"), frg.directory("t")).prints(id);
        frg.refuses(LIMIT, "bind", "-s", id, "-r", frg.path("s"), frg.directory("u"))
                .says("1");
        frg.run("unmount", frg.path("t")).ok();
        frg.run("bind", "-s", id, "-r", frg.path("s"), frg.path("u")).prints(id);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void historyIsBounded(Froggr frg) {
        set(frg, "org.froggr.session", "historySize=5");
        String id = session(frg);
        frg.directory("s", "t");
        for (int i = 0; i < 10; i++) {
            frg.run("mount", "-s", id, frg.path("s"), frg.path("t")).ok();
            frg.run("unmount", frg.path("t")).ok();
        }
        int lines = frg.run("session", id, "--json").ok().json().path("history").size();
        assertEquals(5, lines);
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void aNonsenseSettingChangesNothing(Froggr frg) {
        set(frg, "org.froggr.session", "maxSessions=many\nhistorySize=-7");
        session(frg);
        frg.run("session", "-l").ok();
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void aPlatformWithoutWorkEnds(Froggr frg) {
        frg.run("session", "-l").ok();
        set(frg, "org.froggr.shell", "idleMinutes=1");
        frg.run("platform", "status").ok();
        Wait.until("the platform ends", Duration.ofSeconds(100), () -> frg.platform() == 0);
    }

    /** A session keeps the limit it was made with, and on a busy machine one may be made before the file is read. */
    private static void awaitMountLimit(Froggr frg, int limit) {
        Wait.until("the limit", Duration.ofSeconds(10), () -> {
            String id = session(frg);
            String resources = frg.run("session", id, "--json").ok().json().path("resources").toString();
            frg.run("session", "-k", id).ok();
            return resources.contains("\"limit\":" + limit + ",");
        });
    }

    private static String session(Froggr frg) {
        return frg.run("session", "new", "--private").session();
    }

    private static void set(Froggr frg, String pid, String lines) {
        frg.run("session", "-l").ok();
        frg.sh(
                        """
                        mkdir -p "$FROGGR_HOME/etc" && cd "$FROGGR_HOME/etc" || exit
                        printf '%s\\n' "$2" >"$1.new" && mv "$1.new" "$1.cfg"
                        """,
                        pid, lines)
                .ok();
        Wait.until(
                "the setting is known",
                Duration.ofSeconds(10),
                () -> frg.run("gogo", "echo ok").status() == 0
                        && hasRead(frg, pid, lines.lines().findFirst().orElseThrow()));
    }

    /** Config Admin keeps what it was given in its own files. */
    private static boolean hasRead(Froggr frg, String pid, String line) {
        String[] setting = line.split("=");
        return frg.sh("grep -rlsE \"$1.*$2\" \"$FROGGR_HOME/cache\" | grep -q .", setting[0], setting[1])
                        .status()
                == 0;
    }
}
