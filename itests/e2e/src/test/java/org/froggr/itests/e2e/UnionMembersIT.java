package org.froggr.itests.e2e;

import static org.froggr.api.Fault.BUSY;
import static org.froggr.api.Fault.NOT_MOUNTED;
import static org.froggr.api.Fault.NO_PRIVILEGE;
import static org.froggr.api.Fault.RECURSION;
import static org.froggr.api.Fault.SAME_PATH;
import static org.froggr.api.Fault.SOURCE_MISSING;
import static org.froggr.api.Fault.TARGET_MISSING;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** Rules 13, 14 and 17 of unions, what is below their targets, and what is refused. */
final class UnionMembersIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @FrgTest({ROOT, USER})
    void rule13TheOthersStayWhenOneIsRemoved(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .bind("-a", "S")
                .unmount("B")
                .sees("cat x t", "at")
                .fails("cat y", "No such file")
                .unmount("A")
                .sees("ls", "t");
    }

    @FrgTest({ROOT, USER})
    void rule13OpenFilesOfARemovedMemberGoOnWorking(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A");
        try (Running holder =
                trees.start("exec 3<>x && echo held && read go && cat <&3 && printf more >&3 && echo done")) {
            Wait.until("the file is open", SOON, () -> holder.outSoFar().contains("held"));
            Result orderly = frg.run("unmount", frg.path("A"), trees.target());
            if (orderly.status() != 0) {
                orderly.fails(BUSY);
                trees.unmount("--lazy", "A");
            }
            trees.sees("cat x", "b");
            Result end = holder.type("go\n").end(Froggr.LIMIT);
            end.ok().prints("held\nadone");
        }
        trees.outside("cat A/x", "amore");
    }

    @FrgTest({ROOT, ROOT_SHARED, USER})
    void rule14ThePlainTargetIsBack(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        String before = frg.mountTable();
        String inode = frg.sh("stat -c '%d %i' T").ok().out();
        trees.bind("-b", "A")
                .bind("-a", "B")
                .does("echo new >made")
                .unmount("B")
                .unmount("A");
        assertNull(frg.session(trees.session()));
        assertEquals(before, frg.mountTable());
        assertEquals(inode, frg.sh("stat -c '%d %i' T").ok().out());
        trees.outside("cd T && ls && cat made", "made\nt\nnew");
    }

    @FrgTest({ROOT, USER})
    void rule17ReplayedInAFreshSessionItIsTheSame(Froggr frg) {
        Need.program("bash");
        UnionTrees.of(frg);
        String odd = "a b\n'q'\\ü";
        frg.file(odd + "/f", "f");
        frg.directory("U", "P", "tree", "x");
        String first = frg.run("session", "new", "--private").session();
        String[][] lines = {
            {"bind", "-b", frg.path("A"), frg.path("T")},
            {"bind", "-bc", frg.path(odd), frg.path("T")},
            {"bind", "-a", "-o", "ro", frg.path("B"), frg.path("T")},
            {"mount", "-t", "served", frg.path("tree"), frg.path("x")},
            {"bind", "-b", frg.path("T"), frg.path("U")},
            {"bind", "-b", "-o", "plan9", frg.path("A"), frg.path("P")},
            {"bind", "-ac", frg.path("S"), frg.path("made")}
        };
        for (String[] line : lines) {
            String[] command = new String[line.length + 2];
            System.arraycopy(new String[] {line[0], "-s", first}, 0, command, 0, 3);
            System.arraycopy(line, 1, command, 3, line.length - 1);
            frg.run(command).ok();
        }
        String ns = frg.run("ns", first).ok().out();
        assertEquals(
                lines.length,
                ns.lines().filter(line -> line.matches("(bind|mount) .*")).count(),
                ns);
        String list = "cd \"$1\" && find T U P x made | sort && cat T/x T/f U/x P/x";
        String seen = frg.run("exec", first, "--", "sh", "-c", list, "sh", frg.work())
                .ok()
                .out();

        String second = frg.run("session", "new", "--private").session();
        frg.run("session", "-k", first).ok();
        frg.sh(
                        """
                        FROGGR_SESSION=$1 PATH=$(dirname "$FRG"):$PATH; export FROGGR_SESSION PATH
                        printf %s "$2" | sed -e '/^#/d' -e 's/^\\(bind\\|mount\\) /frg &/' >lines && bash -e lines
                        """,
                        second, ns)
                .ok();
        assertEquals(ns, frg.run("ns", second).ok().out());
        assertEquals(
                seen,
                frg.run("exec", second, "--", "sh", "-c", list, "sh", frg.work())
                        .ok()
                        .out());
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void submountsOfTheOriginalStayVisible(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mkdir T/sub && mount -t tmpfs sub T/sub && printf deep >T/sub/f && mkdir T/sub/in && "
                + "mount -t tmpfs in T/sub/in && printf deeper >T/sub/in/g");
        try {
            trees.bind("-b", "A").sees("cat sub/f sub/in/g x", "deepdeepera").does("echo new >sub/in/new");
            frg.file("B/sub/f", "covers");
            trees.bind("-b", "B").sees("cat sub/f sub/in/g", "coversdeeper");
            frg.run("session", "-k", trees.session()).ok();
            trees.outside("cat T/sub/in/new T/sub/f", "new\ndeep");
        } finally {
            frg.rootly("umount T/sub/in T/sub");
        }
    }

    @FrgTest({ROOT, ROOT_SHARED, USER})
    void aServedTreeCanBeAMember(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        String id = trees.session();
        frg.run("mount", "-s", id, "-t", "served", trees.path("B"), trees.path("S"))
                .ok();
        frg.run("bind", "-s", id, "-b", trees.path("S"), trees.target()).ok();
        trees.sees("cat x y t", "byt").does("printf more >>y").outside("cat B/y", "ymore");
    }

    @FrgTest({ROOT, USER})
    void aBusyTargetStaysAndTheHolderIsNamed(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A").bind("-a", "B");
        try (Running holder = trees.start("echo held && exec sleep 600")) {
            Wait.until("a process in the union", SOON, () -> holder.outSoFar().contains("held"));
            frg.refuses(BUSY, "unmount", trees.target())
                    .naming(trees.target())
                    .says("sleep")
                    .hinting("--lazy");
            trees.sees("cat x y", "ay");
            frg.refuses(BUSY, "session", "-k", trees.session());
            assertNotNull(frg.session(trees.session()));
            frg.run("unmount", "--lazy", trees.target()).ok();
            assertNull(frg.session(trees.session()));
            assertTrue(holder.isAlive());
        }
    }

    @FrgTest({ROOT, USER})
    void forceEndsABusyUnion(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        try (Running holder = trees.start("exec 3<x && echo held && exec sleep 600")) {
            Wait.until("a file is open", SOON, () -> holder.outSoFar().contains("held"));
            frg.run("session", "-k", trees.session(), "--force").ok();
            assertNull(frg.session(trees.session()));
        }
    }

    @FrgTest({ROOT, USER})
    void whatIsNoMemberCannotBeTakenOut(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A");
        frg.refuses(NOT_MOUNTED, "unmount", trees.path("B"), trees.target());
        frg.refuses(NOT_MOUNTED, "unmount", trees.path("A"), trees.path("B"));
        trees.sees("cat x", "a");
    }

    @FrgTest({ROOT, USER})
    void whatIsMissing(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.refuses(SOURCE_MISSING, frg.withMode("bind", "-b", frg.path("nosuch"), trees.target()));
        frg.refuses(TARGET_MISSING, frg.withMode("bind", "-b", trees.path("A"), frg.path("nosuch")))
                .hinting("-c");
        String id = frg.bind("-bc", trees.path("A"), frg.path("made"));
        frg.inside(id, "cat", frg.path("made/x")).prints("a");
        frg.run("unmount", frg.path("made")).ok();
        frg.sh("test ! -e made").ok();
    }

    @FrgTest({ROOT, USER})
    void aDirectoryIsNoMemberOfItself(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.refuses(SAME_PATH, frg.withMode("bind", "-b", trees.target(), trees.target()));
        frg.sh("ln -s T alias").ok();
        frg.refuses(SAME_PATH, frg.withMode("bind", "-a", frg.path("alias"), trees.target()));
    }

    /** What lies inside the target is resolved before it is covered, and cannot loop; the other way round it would. */
    @FrgTest({ROOT, USER})
    void aTreeAroundItsTargetIsRefusedOrSafe(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.file("T/inner/i", "i");
        Result outer = frg.run(frg.withMode("bind", "-b", trees.target(), frg.path("T/inner")));
        if (outer.status() == 0) {
            frg.inside(outer.session(), "find", frg.path("T")).ok();
            frg.run("session", "-k", outer.session()).ok();
        } else {
            outer.fails(RECURSION);
        }
        Result inner = frg.run(frg.withMode("bind", "-b", frg.path("T/inner"), trees.target()));
        if (inner.status() == 0) {
            frg.inside(inner.session(), "cat", frg.path("T/i"), frg.path("T/inner/i"))
                    .prints("ii");
        } else {
            inner.fails(RECURSION);
        }
    }

    @FrgTest(USER)
    void aSharedUnionNeedsPrivilegeOrFusermount(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        Result result = frg.run("bind", "-b", trees.path("A"), trees.target());
        if (result.status() == 0) {
            frg.sh("cat T/x").prints("a");
        } else {
            result.fails(NO_PRIVILEGE).hinting("--private");
        }
    }
}
