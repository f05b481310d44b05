package org.froggr.itests.benchmark;

import java.util.Map;
import org.froggr.itests.harness.Froggr;

/** What a command costs that changes nothing. */
final class Commands {
    private static final String REFERENCE = "tmux ls";
    private static final double MOST = 2;
    private static final String LIST = "frg session -l";
    private static final int FIRST = 15;

    private Commands() {}

    static void measure(Froggr froggr, int rounds, Report report) {
        froggr.run("session", "new", "--private").ok();
        froggr.sh("tmux -S tmux.sock -f /dev/null new-session -d </dev/null >/dev/null 2>&1")
                .ok();
        String program = froggr.program();
        Map<String, Double> first = new Hyperfine(froggr, Math.min(FIRST, rounds))
                .add(LIST, program + " session -l")
                .add(REFERENCE, "tmux -S tmux.sock ls")
                .run();
        // The JVM compiles what is called often.
        froggr.sh("i=0; while [ $i -lt 100 ]; do \"$FRG\" session -l; i=$((i + 1)); done >/dev/null").ok();
        Map<String, Double> times = new Hyperfine(froggr, rounds)
                .add(LIST, program + " session -l")
                .add("frg --version", program + " --version")
                .add(REFERENCE, "tmux -S tmux.sock ls")
                .add("bwrap --bind / / true", "bwrap --bind / / true")
                .add("java -version", System.getProperty("java.home") + "/bin/java -version")
                .add("true", "true")
                .run();
        froggr.sh("tmux -S tmux.sock kill-server");
        double reference = times.get(REFERENCE);
        report.section("A command", "ms", REFERENCE);
        double firstReference = first.get(REFERENCE);
        report.line(
                LIST + ", first " + FIRST + " of a platform", first.get(LIST), firstReference, "at most 2 x",
                MOST * firstReference);
        times.forEach((name, time) -> {
            if (name.startsWith("frg")) {
                report.line(name, time, reference, "at most 2 x", MOST * reference);
            } else {
                report.line(name, time, reference);
            }
        });
        froggr.run("session", "-p").ok();
    }
}
