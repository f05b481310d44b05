package org.froggr.itests.benchmark;

import java.util.Map;
import org.froggr.itests.harness.Froggr;

/** What a mount and its unmount cost together. */
final class Pairs {
    private static final String REFERENCE = "mount --bind; umount";
    private static final double MOST = 4;

    private Pairs() {}

    static void measure(Froggr froggr, int rounds, Report report) {
        froggr.directory("s", "t1", "t2", "t3", "t4", "t5");
        String session = froggr.run("session", "new").session();
        String frg = froggr.program();
        Map<String, Double> times = new Hyperfine(froggr, rounds)
                .add(
                        "frg mount; frg unmount, existing session",
                        pair(frg + " mount -q -s " + session + " s t1 >/dev/null", frg + " unmount t1"))
                .add(
                        "frg mount; frg unmount, a new session",
                        pair(frg + " mount -q s t2 >/dev/null", frg + " unmount t2"))
                .add(REFERENCE, pair("mount --bind s t3", "umount t3"))
                .add("bindfs; umount", pair("bindfs s t4", "umount t4"))
                .add("mergerfs; umount", pair("mergerfs s t5", "umount t5"))
                .run();
        double reference = times.get(REFERENCE);
        report.section("A mount and its unmount (each pair run by sh -c)", "ms", "mount");
        times.forEach((name, time) -> {
            if (name.startsWith("frg")) {
                report.line(name, time, reference, "at most 4 x", MOST * reference);
            } else {
                report.line(name, time, reference);
            }
        });
        froggr.run("session", "-p").ok();
    }

    private static String pair(String first, String second) {
        return "sh -c '" + first + " && " + second + "'";
    }
}
