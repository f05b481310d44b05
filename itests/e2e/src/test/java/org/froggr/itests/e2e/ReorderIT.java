package org.froggr.itests.e2e;

import static org.froggr.api.Fault.NOT_MOUNTED;
import static org.froggr.api.Fault.TYPE_MISMATCH;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** {@code frg reorder}: the members of a union in another order, under programs that use it. */
final class ReorderIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Order B, T, A, and which=B. */
    private static UnionTrees trees(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("for d in A B T; do printf $d >$d/which; done").ok();
        return trees.bind("-b", "B").bind("-a", "A");
    }

    private static Result reorder(Froggr frg, String... names) {
        String[] line = new String[names.length + 2];
        line[0] = "reorder";
        for (int i = 0; i < names.length; i++) {
            line[i + 1] = frg.path(names[i]);
        }
        line[names.length + 1] = frg.path("T");
        return frg.run(line);
    }

    @FrgTest({ROOT, USER})
    void theFirstMemberWins(Froggr frg) {
        UnionTrees trees = trees(frg).sees("cat which", "B");
        reorder(frg, "A").ok().prints("").says("the visible one first");
        trees.sees("cat which x", "Aa");
        reorder(frg, "T", "B").ok();
        trees.sees("cat which x", "Tb");
        reorder(frg, "B", "A", "T").ok();
        trees.sees("cat which x", "Bb").sees("ls", "d\nt\nwhich\nx\ny");
        reorder(frg, "B", "A").ok().says("already in that order");
    }

    @FrgTest({ROOT, USER})
    void theLinesOfTheNamespaceLeadToTheSame(Froggr frg) {
        UnionTrees trees = trees(frg);
        reorder(frg, "A", "T", "B").ok();
        String lines = frg.run("ns", trees.session()).ok().out();
        assertEquals(
                "bind -b " + frg.path("A") + " " + frg.path("T") + "\nbind -a " + frg.path("B") + " " + frg.path("T") + "\n",
                lines);
        String shown = frg.run("session", trees.session(), "--json").ok().out();
        assertTrue(shown.contains("reorder"), "in the history: " + shown);
    }

    @FrgTest({ROOT, USER})
    void theOrderOutlivesThePlatform(Froggr frg) {
        UnionTrees trees = trees(frg);
        reorder(frg, "T", "A").ok();
        frg.crashPlatform();
        trees.sees("cat which x", "Ta");
        assertEquals(
                "bind -a " + frg.path("A") + " " + frg.path("T") + "\nbind -a " + frg.path("B") + " " + frg.path("T") + "\n",
                frg.run("ns", trees.session()).ok().out());
        frg.run("unmount", frg.path("A"), frg.path("T")).ok();
        trees.sees("cat which x", "Tb");
    }

    /** An open directory and an open file stay what they are. */
    @FrgTest({ROOT, USER})
    void whatIsOpenStays(Froggr frg) {
        UnionTrees trees = trees(frg);
        try (Running reader = trees.start("exec 5<which; echo begun; read end; cat <&5")) {
            Wait.until("it is open", SOON, () -> reader.outSoFar().contains("begun"));
            reorder(frg, "A").ok();
            reader.type("\n").end(SOON).ok().prints("begun\nB");
        }
    }

    @FrgTest({ROOT, USER})
    void whatIsRefused(Froggr frg) {
        trees(frg);
        frg.refuses(NOT_MOUNTED, "reorder", frg.path("S"), frg.path("T")).naming(frg.path("S"));
        frg.refuses(NOT_MOUNTED, "reorder", frg.path("A"), frg.path("A"), frg.path("T"));
        frg.refuses(NOT_MOUNTED, "reorder", frg.path("A"), frg.path("S")).naming(frg.path("S"));
        frg.mount("-t", "kernel", frg.path("A"), frg.path("S"));
        frg.refuses(TYPE_MISMATCH, "reorder", frg.path("A"), frg.path("S")).hinting("-b");
    }

    /** All members hold the same, so that programs must notice nothing. */
    @FrgTest({ROOT, USER})
    void underLoad(Froggr frg) {
        Need.program("fio");
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("mkdir -p P/many Q/many T/many && for d in P Q T; do (cd $d/many && for i in $(seq 20); do mkdir $i;"
                        + " touch $i/1 $i/2 $i/3; done); done")
                .ok();
        trees.bind("-b", "P").bind("-a", "Q");
        String fio = "fio --name=verify --filename=data --size=8m --rw=randwrite --bs=8k --verify=crc32c --verify_fatal=1"
                + " --verify_backlog=64 --verify_state_save=0 --time_based --runtime=600 --output=/dev/null & f=$!;"
                + " echo begun; read end; kill -INT $f; wait $f";
        String find = "echo begun; while ! test -e end; do n=$(find many | wc -l);"
                + " [ $n = 81 ] || { echo found $n; exit 1; }; done";
        String[][] orders = {{"Q"}, {"T", "P"}, {"P"}, {"Q", "P", "T"}, {"P", "T", "Q"}};
        try (Running writer = trees.start(fio);
                Running finder = trees.start(find)) {
            Wait.until("both have begun", SOON, () -> writer.outSoFar().contains("begun")
                    && finder.outSoFar().contains("begun"));
            for (int i = 0; i < 30; i++) {
                reorder(frg, orders[i % orders.length]).ok();
                assertTrue(writer.isAlive() && finder.isAlive(), () -> writer.outSoFar() + finder.outSoFar());
            }
            trees.does("touch end");
            finder.end(Froggr.LIMIT).ok().prints("begun");
            Result verified = writer.type("end\n").end(Froggr.LIMIT);
            verified.require(verified.status() == 0 || verified.status() == 128, "no error of verification");
        }
    }
}
