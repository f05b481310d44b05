package org.froggr.itests.benchmark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;

/** Memory and time that mounts cost, after all the load. */
final class Weight {
    private static final double KIB = 1024;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Medium medium;
    private final Stage stage;
    private final Froggr froggr;
    private final Settings settings;
    private final List<Goal> goals = new ArrayList<>();

    Weight(Medium medium, Settings settings) {
        this.medium = medium;
        this.stage = medium.stage();
        this.froggr = stage.froggr();
        this.settings = settings;
    }

    List<Goal> measure() {
        froggr.run("session", "-l").ok();
        underLoad();
        inodes();
        froggr.run("session", "-p", "--force").ok();
        many();
        return goals;
    }

    private void underLoad() {
        goals.add(Goal.none("platform after the load, RSS, MB", status("VmRSS:") / KIB));
        goals.add(Goal.atMost("platform under the load, most RSS, MB", status("VmHWM:") / KIB, 120));
    }

    /** What the JVM keeps for inodes that the kernel remembers, by the heap with them and without. */
    private void inodes() {
        String at = medium.path("at/weighed");
        stage.root("mkdir \"$2\" && \"$FRG\" mount -t served \"$1\" \"$2\"", medium.path("s/one"), at);
        stage.root("sync; echo 2 >/proc/sys/vm/drop_caches");
        new Quiet().await();
        double before = heap();
        int count = stage.root("cd \"$1\" && find tree wide -size +9 -o -print | wc -l", at).lines().stream()
                .mapToInt(Integer::parseInt)
                .sum();
        double bytes = (heap() - before) / count;
        goals.add(Goal.none("inodes remembered", count));
        goals.add(Goal.atMost("heap for an inode remembered, bytes", bytes, 200));
        stage.root("\"$FRG\" unmount \"$1\" && rmdir \"$1\"", at);
    }

    /** In a platform that has just started, whose heap has not grown for other reasons. */
    private void many() {
        froggr.stopPlatform();
        stage.root(
                "cd \"$1\" && mkdir ours theirs && mkdir $(seq -f ours/%g 0 "
                        + settings.size().mounts() + ") " + "$(seq -f theirs/%g "
                        + settings.size().mounts() + ")",
                medium.path("at"));
        serve(0, 0);
        collect();
        double one = weight();
        double seconds = serve(1, settings.size().mounts());
        double fresh = weight();
        collect();
        double all = weight();
        String mounts = settings.size().mounts() + " more served mounts, ";
        goals.add(Goal.atMost(mounts + "one command after the other, s", seconds, 2));
        goals.add(Goal.atMost(mounts + "platform and anchors, PSS, MB", (all - one) / KIB, 60));
        goals.add(Goal.none(mounts + "before a collection of garbage, PSS, MB", (fresh - one) / KIB));
        goals.add(Goal.atMost(
                "an idle served session, PSS, KiB",
                (all - one) / settings.size().mounts(),
                256));
        froggr.run("session", "-p", "--force").ok();
        mergerfs();
    }

    private double serve(int first, int last) {
        return seconds(
                "seq -f at/ours/%g " + first + " " + last + " | xargs -I{} \"$FRG\" mount -q -t served s/one {}");
    }

    private void mergerfs() {
        double seconds = seconds("seq -f at/theirs/%g " + settings.size().mounts()
                + " | xargs -I{} mergerfs -o category.create=ff,minfreespace=0 s/one {}");
        double weight = Processes.withCommand("at/theirs/").stream()
                .filter(pid -> Processes.command(pid).startsWith("mergerfs"))
                .mapToDouble(Weight::pss)
                .sum();
        goals.add(Goal.none(settings.size().mounts() + " mounts of mergerfs, s", seconds));
        goals.add(Goal.none(settings.size().mounts() + " mounts of mergerfs, PSS, MB", weight / KIB));
        stage.root("cd \"$1\" && for m in theirs/*; do umount \"$m\"; done", medium.path("at"));
    }

    private double seconds(String script) {
        long start = System.nanoTime();
        stage.root("cd \"$1\" && " + script + " >/dev/null", medium.path("."));
        return (System.nanoTime() - start) / 1e9;
    }

    /** In KiB. */
    private double weight() {
        return pss(froggr.platform())
                + froggr.processes().stream().mapToDouble(Weight::pss).sum();
    }

    private void collect() {
        heap();
    }

    /** Bytes of living objects, after a full collection. */
    private double heap() {
        String jcmd = System.getProperty("java.home") + "/bin/jcmd ";
        stage.root(jcmd + froggr.platform() + " GC.run");
        Matcher total = TOTAL.matcher(
                stage.root(jcmd + froggr.platform() + " GC.class_histogram").out());
        if (!total.find()) {
            throw new IllegalStateException("no total in the histogram of the heap");
        }
        return Double.parseDouble(total.group(1));
    }

    private double status(String field) {
        return kibibytes(Processes.file(froggr.platform(), "status"), field);
    }

    private static double pss(long pid) {
        return kibibytes(Processes.file(pid, "smaps_rollup"), "Pss:");
    }

    private static double kibibytes(String text, String field) {
        return text.lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
