package org.froggr.itests.benchmark.files;

import java.util.List;

/** The lines of the table. */
final class Rows {
    private static final String COLD = "stat, cold";
    private static final String LATER = "stat, after 2 s";
    /** A part of the tree: 10,000 of 50,000 files. */
    private static final String FIND = "sh -c 'find tree/d0* -size +9'";

    private static final int WIDE_PASSES = 5;
    private static final double MICROS_PER_MILLI = 1000;

    private final Stage stage;
    private final Settings settings;
    private final Quiet quiet = new Quiet();
    private int untarred;

    Rows(Stage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
        if (settings.hasRow("untar")) {
            stage.root("cd / && find usr/include -type f | sort | head -n "
                    + settings.size().untar() + " | tar -cf \"$OLDPWD/include.tar\" -T -");
        }
    }

    List<Row> all() {
        return List.of(
                Row.rate("sequential write, 1 MiB", "MB/s", this::write).after(this::removeWritten),
                Row.rate("sequential read, 1 MiB", "MB/s", mounted -> fio(mounted, "read", "1m", "data")),
                Row.rate("random read, 4 KiB", "MB/s", mounted -> fio(mounted, "randread", "4k", "data")),
                Row.time("create", "µs", mounted -> churn(mounted, "create"))
                        .after(mounted -> churn(mounted, "unlink")),
                Row.time("unlink", "µs", mounted -> churn(mounted, "unlink"))
                        .before(mounted -> churn(mounted, "create")),
                Row.time(COLD, "µs", mounted -> stat(mounted, 1)).before(mounted -> forget()),
                Row.time(LATER, "µs", mounted -> stat(mounted, 1)).eachRound(this::statAndWait),
                Row.time("stat, warm", "µs", mounted -> stat(mounted, 3)),
                Row.time("readdir, an entry", "µs", mounted -> mounted.load("readdir wide " + WIDE_PASSES)),
                Row.time("find -size, cold", "ms", mounted -> millis(mounted, FIND))
                        .before(mounted -> forget()),
                Row.time("find -size, again", "ms", mounted -> millis(mounted, FIND)),
                Row.time("untar " + settings.size().untar() + " of /usr/include", "ms", this::untar)
                        .after(this::removeUntarred),
                Row.time("git status", "ms", this::status));
    }

    /** Makes git's index, with the tree of a medium that is as good as any. */
    void prepare(Medium medium) {
        if (settings.hasRow("git status")) {
            stage.root(
                    "cd \"$1\" && git init -q --bare \"$2/git\" && cd \"$2/git\" && git config core.bare false && "
                            + "git config core.checkStat minimal && git config core.trustCtime false && "
                            + "git config gc.auto 0 && git --git-dir=. --work-tree=\"$1\" add . && "
                            + "git -c user.name=x -c user.email=x --git-dir=. --work-tree=\"$1\" commit -q -m x && "
                            + "chmod -R a+rX .",
                    medium.path("s/one/tree"),
                    stage.froggr().work());
        }
    }

    private double write(Mounted mounted) {
        return fio(mounted, "write", "1m", written(mounted));
    }

    private static String written(Mounted mounted) {
        return "work/written-" + mounted.name();
    }

    private void removeWritten(Mounted mounted) {
        mounted.run("rm " + written(mounted));
    }

    private double fio(Mounted mounted, String pattern, String block, String file) {
        return Fio.megabytesPerSecond(
                mounted, pattern, block, file, settings.size().megabytes());
    }

    private double churn(Mounted mounted, String work) {
        return mounted.load(
                work + " work/churn-" + mounted.name() + " " + settings.size().churn());
    }

    private double stat(Mounted mounted, int passes) {
        // A part of the tree is enough, and is done before one second is over.
        return mounted.load("stat " + Math.min(50, settings.size().directories()) + " "
                + settings.size().files() + " " + passes);
    }

    private double millis(Mounted mounted, String command) {
        return mounted.load("run " + command) / MICROS_PER_MILLI;
    }

    /** The kernel drops names and inodes; data stays, so that no disk is measured. */
    private void forget() {
        stage.root("sync; echo 2 >/proc/sys/vm/drop_caches");
        quiet.await();
    }

    /** Names and attributes live for one second in most FUSE file systems. */
    private void statAndWait(List<Mounted> all) {
        all.forEach(mounted -> stat(mounted, 1));
        stage.root("sleep 2");
    }

    /** Each time into a new directory, since the last one is removed behind the mount's back. */
    private double untar(Mounted mounted) {
        String to = "work/untarred-" + ++untarred;
        mounted.run("mkdir " + to);
        return millis(mounted, "tar -xf " + stage.froggr().path("include.tar") + " -C " + to);
    }

    /** Not through the mount, which would take as long as the work. */
    private void removeUntarred(Mounted mounted) {
        stage.root(
                "cd \"$1\" && rm -rf s/*/work/untarred-* upper/work/untarred-*",
                mounted.medium().path("."));
        quiet.await();
    }

    private double status(Mounted mounted) {
        return millis(
                mounted,
                "git -c safe.directory=* --no-optional-locks --git-dir="
                        + stage.froggr().path("git") + " --work-tree=tree status --porcelain");
    }
}
