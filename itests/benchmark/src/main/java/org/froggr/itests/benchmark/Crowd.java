package org.froggr.itests.benchmark;

import java.time.Duration;
import java.util.List;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Snapshot;
import org.froggr.itests.harness.Wait;

/** Many sessions with a mount each: what they weigh, and how long listing, adopting and ending them takes. */
final class Crowd {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final double KILO = 1024;

    private Crowd() {}

    static void measure(Froggr froggr, int count, int rounds, Report report) {
        froggr.run("session", "-l").ok();
        Snapshot before = froggr.snapshot();
        froggr.directory("s");
        froggr.sh("mkdir -p $(seq -f t%g " + count + ")").ok();
        report.section(count + " sessions with a mount each", "", "");

        double creation = seconds(
                () -> froggr.startScript("seq -f t%g " + count + " | xargs -n 1 -P 4 \"$FRG\" mount -q s >/dev/null")
                        .end(LONG)
                        .ok());
        report.line("creation of all, s", creation, 0);
        require(froggr.sessions().size() == count, "all are there");

        List<Long> anchors = froggr.processes();
        double platformPss = pss(froggr.platform());
        double each = (anchors.stream().mapToDouble(Crowd::pss).sum() + platformPss) / count;
        report.line("memory of one, PSS, anchor and platform's share, MB", each, 0, "at most 0.3", 0.3);
        report.line(
                "memory of an anchor alone, PSS, MB",
                anchors.stream().mapToDouble(Crowd::pss).sum() / count,
                0);
        double rss = kilobytes(Processes.file(froggr.platform(), "status"), "VmRSS:") / KILO;
        report.line("memory of the platform, RSS, MB", rss, 0, "under 150", 150);
        double list = new Hyperfine(froggr, rounds)
                .add("list", froggr.program() + " session -l")
                .run()
                .get("list");
        report.line("frg session -l, ms", list, 0, "under 50", 50);

        froggr.crashPlatform();
        double adoption = seconds(() -> Wait.until("all are adopted", LONG, () -> adopted(froggr, count)));
        report.line("adoption after kill -9, until all are listed active, s", adoption, 0, "under 5", 5);

        double purge = seconds(
                () -> froggr.startScript("exec \"$FRG\" session -p").end(LONG).ok());
        report.line("frg session -p, s", purge, 0, "under 10", 10);
        boolean clean = Wait.holds(Duration.ofSeconds(5), () -> left(before, froggr.snapshot()) == 0);
        report.line(
                "left after it: mounts, processes, directories",
                clean ? 0 : left(before, froggr.snapshot()),
                0,
                "nothing",
                0);
    }

    private static boolean adopted(Froggr froggr, int count) {
        var answer = froggr.run("session", "-l");
        return answer.status() == 0
                && answer.lines().stream()
                                .filter(line -> line.contains(" active "))
                                .count()
                        == count;
    }

    private static int left(Snapshot before, Snapshot after) {
        return Math.abs(after.mountPoints().size() - before.mountPoints().size())
                + after.processes().size()
                + after.sessions().size();
    }

    /** In megabytes. */
    private static double pss(long pid) {
        return kilobytes(Processes.file(pid, "smaps_rollup"), "Pss:") / KILO;
    }

    private static double kilobytes(String text, String field) {
        return text.lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static double seconds(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}
