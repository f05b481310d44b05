package org.froggr.itests.e2e;

import static org.froggr.api.Fault.CYCLE;
import static org.froggr.api.Fault.TYPE_MISMATCH;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Snapshot;
import org.froggr.itests.harness.Wait;

/** Rules 1 to 6, 15 and 16 of unions: who is in them, in which order, and what is looked up and listed. */
final class UnionOrderIT {
    @FrgTest({ROOT, USER})
    void rule1TheSourceIsResolvedWhenTheBindIsMade(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("ln -s A link").ok();
        trees.bind("-b", "link").sees("cat x", "a");
        frg.sh("ln -sfn B link && mv A elsewhere && mkdir A && echo other >A/x").ok();
        trees.sees("cat x", "a");
    }

    @FrgTest({ROOT, USER})
    void rule2DirectoriesAndFilesDoNotMix(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        String file = frg.file("f", "new");
        String old = frg.file("g", "old");
        for (String order : new String[] {"-b", "-a", "-r"}) {
            frg.refuses(TYPE_MISMATCH, frg.withMode("bind", order, file, trees.target()));
            frg.refuses(TYPE_MISMATCH, frg.withMode("bind", order, trees.path("A"), old));
        }
        frg.refuses(TYPE_MISMATCH, frg.withMode("bind", "-a", file, old));
        String id = frg.bind(file, old);
        frg.inside(id, "cat", old).prints("new");
    }

    /** Each removal of a file lets the next member's appear (rule 10), and so shows the order. */
    private static final String ORDER = "while test -e who; do cat who; rm who || exit; done";

    private static UnionTrees who(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("for m in A B S T; do printf $m >$m/who; done").ok();
        return trees;
    }

    @FrgTest({ROOT, USER})
    void rule3BeforeIsInFront(Froggr frg) {
        who(frg).bind("-b", "B").sees(ORDER, "BT");
    }

    @FrgTest({ROOT, USER})
    void rule3AfterIsBehind(Froggr frg) {
        who(frg).bind("-a", "A").sees(ORDER, "TA");
    }

    @FrgTest({ROOT, USER})
    void rule3BindsStack(Froggr frg) {
        who(frg).bind("-b", "A").bind("-b", "B").bind("-a", "S").sees(ORDER, "BATS");
    }

    @FrgTest({ROOT, USER})
    void rule3BeforeIsTheDefault(Froggr frg) {
        who(frg).bind("-a", "A").bind("B").sees(ORDER, "BTA");
    }

    @FrgTest({ROOT, USER})
    void rule4TheFirstThatHasTheNameAnswers(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .sees("cat x y t", "ayt")
                .fails("cat z", "No such file");
    }

    @FrgTest({ROOT, USER})
    void rule4AMemberThatIsGoneIsSkipped(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A").sees("cat x", "a");
        frg.sh("rm -r A").ok();
        trees.sees("cat x y t", "byt").sees("ls", "d\nt\nx\ny").sees("cat d/2", "2");
    }

    /** A member whose file system fails: a bindfs whose server is killed answers ENOTCONN. */
    @FrgTest(ROOT)
    void rule4AMemberThatFailsIsSkippedButNothingIsCreatedThatItMayHave(Froggr frg) {
        Need.program("bindfs");
        UnionTrees trees = UnionTrees.of(frg);
        String failing = frg.directory("failing");
        // Not as root's daemon: it must end with the test, whatever happens.
        try (Running server = frg.startRootScript("exec bindfs -f A failing")) {
            Wait.until("bindfs is mounted", Froggr.LIMIT, () -> frg.mountTable().contains(failing + " "));
            try {
                trees.bind("-b", "failing").sees("cat x", "a");
                server.signal("KILL");
                Wait.until("bindfs has ended", Froggr.LIMIT, () -> !server.isAlive());
                trees.sees("cat t", "t")
                        .fails("touch new", "Input/output error")
                        .fails("mkdir new", "Input/output error")
                        .does("printf more >>t");
                frg.sh("grep -c ENOTCONN \"$FROGGR_HOME/sessions/$1/log.jsonl\"", trees.session())
                        .prints("1");
                trees.unmount("failing").does("touch new");
            } finally {
                frg.rootly("umount --lazy \"$1\"", failing);
            }
        }
    }

    @FrgTest({ROOT, USER})
    void rule5DirectoriesAreUnionsAtEveryDepth(Froggr frg) {
        frg.file("A/d/e/f/1", "1");
        frg.file("B/d/e/f/2", "2");
        frg.file("T/d/e/f/3", "3");
        UnionTrees.of(frg)
                .bind("-b", "A")
                .bind("-a", "B")
                .sees("ls d", "1\n2\ne")
                .sees("cd d/e/f && cat 1 2 3", "123");
    }

    @FrgTest({ROOT, USER})
    void rule5AFileHidesDirectoriesBehindItAndTheOtherWayRound(Froggr frg) {
        frg.file("A/n", "file");
        frg.file("B/n/below", "hidden");
        frg.file("A/m/first", "");
        frg.file("B/m", "hidden");
        frg.file("T/m/last", "");
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .sees("cat n", "file")
                .fails("cat n/below", "Not a directory")
                .sees("ls m", "first\nlast");
    }

    @FrgTest({ROOT, USER})
    void rule5Plan9UnionsAreOneLevelDeep(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-o", "plan9", "-b", "B")
                .bind("-o", "plan9", "-b", "A")
                .sees("ls d", "1")
                .sees("cat x y t", "ayt");
    }

    @FrgTest({ROOT, USER})
    void rule6MembersInOrderEachNameOnce(Froggr frg) {
        frg.sh("mkdir -p A B T && touch A/a1 A/same B/b1 B/same T/t1 T/same").ok();
        String list = "ls -U | grep -x 'a1\\|b1\\|t1\\|same'";
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A").bind("-a", "B");
        trees.sees(list + " | sort", "a1\nb1\nsame\nt1");
        trees.sees(list + " | grep -v same", "a1\nt1\nb1");
        trees.sees("ls -U | grep -n -x 'same\\|t1' | cut -d: -f2", "same\nt1");
    }

    /** Names that are there all the time are listed exactly once, whatever comes and goes meanwhile. */
    @FrgTest({ROOT, USER})
    void rule6StableUnderChange(Froggr frg) {
        frg.sh("mkdir -p A B && cd A && touch $(seq -f a%g 700) && cd ../B && touch $(seq -f b%g 700) a7 a70")
                .ok();
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A").bind("-a", "B");
        trees.does(
                """
                perl -e '
                    for my $round (1 .. 20) {
                        opendir my $dir, "." or die; my %seen; my $n = 0;
                        while (defined(my $name = readdir $dir)) {
                            $seen{$name}++;
                            if (++$n % 50 == 0) {
                                open my $f, ">", "new$round-$n"; close $f;
                                unlink "new" . ($round - 1) . "-$n";
                                rename "new$round-50", "moved$round" if $n == 500;
                            }
                        }
                        for ((map { "a$_" } 1 .. 700), (map { "b$_" } 1 .. 700), "x", "y", "t", "d") {
                            my $times = $seen{$_} // 0;
                            die "$_ was listed $times times in round $round\\n" if $times != 1;
                        }
                    }'
                """);
    }

    @FrgTest({ROOT, USER})
    void rule6OffsetsCanBeResumed(Froggr frg) {
        frg.sh("mkdir -p A B && cd A && touch $(seq -f a%g 300) && cd ../B && touch $(seq -f b%g 300)")
                .ok();
        UnionTrees.of(frg)
                .bind("-b", "A")
                .bind("-a", "B")
                .does(
                        """
                        perl -e '
                            opendir my $dir, "." or die; my (@names, @places);
                            while (1) { my $at = telldir $dir; my $name = readdir $dir; last unless defined $name;
                                push @places, $at; push @names, $name }
                            die "only " . @names . "\\n" if @names < 600;
                            for (my $i = 0; $i < @names; $i += 37) {
                                seekdir $dir, $places[$i]; my $name = readdir $dir;
                                die "$name, not $names[$i], at $i\\n" if $name ne $names[$i];
                            }
                            rewinddir $dir; my $n = () = readdir $dir; die "$n after rewinding\\n" if $n != @names;'
                        """);
    }

    @FrgTest({ROOT, USER})
    void rule6Plan9KeepsDuplicates(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-o", "plan9", "-b", "B")
                .bind("-o", "plan9", "-b", "A")
                .sees("ls -U | grep -c -x x", "2")
                .sees("ls -U | grep -c -x y", "1");
    }

    @FrgTest({ROOT, USER})
    void rule15AUnionIsAMemberAsItIsAtThatMoment(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        frg.file("U/u", "u");
        frg.file("B/late", "late");
        frg.run("bind", "-s", trees.session(), "-b", trees.target(), frg.path("U"))
                .ok();
        trees.sees("cd ../U && ls && cat x t u", "d\nt\nu\nx\natu");
        trees.does("cd ../U && printf more >>x").sees("cat x", "amore");
        frg.run("bind", "-s", trees.session(), "-b", trees.path("B"), trees.target())
                .ok();
        trees.sees("cat late", "late").fails("cat ../U/late", "No such file");
    }

    @FrgTest({ROOT, USER})
    void rule15AUnionCanBeBoundElsewhere(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        frg.run("bind", "-s", trees.session(), "-r", trees.target(), frg.directory("U"))
                .ok();
        trees.sees("cd ../U && ls && cat x t", "d\nt\nx\nat");
    }

    @FrgTest({ROOT, USER})
    void rule15ACycleIsRefusedAndShown(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        frg.run("bind", "-s", trees.session(), "-b", trees.target(), frg.path("B"))
                .ok();
        frg.refuses(CYCLE, "bind", "-s", trees.session(), "-b", trees.path("B"), trees.target())
                .naming(trees.target())
                .naming(trees.path("B"));
    }

    @FrgTest({ROOT, USER})
    void rule16TheSameBindAgainIsDoneAlready(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-bc", "A");
        Snapshot before = frg.snapshot();
        String ns = frg.run("ns", trees.session()).ok().out();
        assertEquals(trees.session(), trees.tryBind("-b", "B").says("already").session());
        assertEquals(trees.session(), trees.tryBind("-bc", "A").says("already").session());
        assertEquals(before, frg.snapshot());
        assertEquals(ns, frg.run("ns", trees.session()).ok().out());
        trees.sees("cat x", "a");
    }
}
