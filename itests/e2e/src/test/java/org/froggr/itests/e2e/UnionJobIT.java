package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.froggr.itests.harness.World.USER_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** What most people do with unions and served trees, from end to end. */
final class UnionJobIT {
    @FrgTest({ROOT, ROOT_SHARED, USER, USER_SHARED})
    void patchesBeforeAndDefaultsBehind(Froggr frg) {
        String before = frg.mountTable();
        frg.file("patches/config", "patched");
        frg.file("app/config", "original");
        frg.file("app/main", "original");
        frg.file("defaults/main", "default");
        frg.file("defaults/extra", "default");

        String id = frg.bind("-b", frg.path("patches"), frg.path("app"));
        frg.inside(id, "cat", frg.path("app/config")).prints("patched");
        assertEquals(id, frg.bind("-a", frg.path("defaults"), frg.path("app")), "one session for one target");
        frg.inside(id, "sh", "-c", "cd \"$1\" && cat config main extra", "sh", frg.path("app"))
                .prints("patchedoriginaldefault");
        frg.inside(id, "ls", frg.path("app")).prints("config\nextra\nmain");

        frg.run("unmount", frg.path("defaults"), frg.path("app")).ok().prints("");
        frg.inside(id, "ls", frg.path("app")).prints("config\nmain");
        frg.run("unmount", frg.path("app")).ok();
        assertNull(frg.session(id), "the session ended with its last entry");
        assertEquals(before, frg.mountTable());
        frg.sh("cat app/config app/main patches/config defaults/extra").prints("originaloriginalpatcheddefault");
    }

    @FrgTest({ROOT, USER})
    void newFilesLandInScratch(Froggr frg) {
        frg.file("repo/src/code", "code");
        frg.directory("scratch");
        String id = frg.bind("-bc", frg.path("scratch"), frg.path("repo"));
        frg.inside(
                        id,
                        "sh",
                        "-c",
                        "cd \"$1\" && echo new >src/new && echo top >top && echo more >>src/code",
                        "sh",
                        frg.path("repo"))
                .ok();
        frg.run("session", "-k", id).ok();
        frg.sh("cat scratch/src/new scratch/top").prints("new\ntop");
        frg.sh("cd repo && find . -type f && cat src/code").prints("./src/code\ncodemore");
    }

    @FrgTest({ROOT, USER})
    void aMemberIsTakenOutWhileAProgramRuns(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A").bind("-a", "B");
        String loop = "echo begun; while :; do cat t x >/dev/null || exit 1; ls >/dev/null || exit 2; done";
        try (Running program = trees.start(loop)) {
            Wait.until("the program runs", Duration.ofSeconds(10), () -> program.outSoFar()
                    .contains("begun"));
            trees.unmount("A")
                    .sees("cat x", "b")
                    .bind("-b", "A")
                    .sees("cat x", "a")
                    .unmount("B")
                    .sees("ls", "d\nt\nx");
            assertTrue(program.isAlive(), "it did not fail");
        }
    }

    @FrgTest({ROOT, ROOT_SHARED, USER, USER_SHARED})
    void aLocalTreeThroughFuse(Froggr frg) {
        String before = frg.mountTable();
        frg.file("tree/sub/f", "f");
        String target = frg.directory("x");
        String id = frg.mount("-t", "served", frg.path("tree"), target);
        frg.inside(id, "sh", "-ec", "cd \"$1\"; cat sub/f; echo new >sub/new; mv sub moved; ls moved", "sh", target)
                .prints("ff\nnew");
        frg.inside(id, "stat", "-f", "-c", "%T", target).ok().shows("fuse");
        frg.run("ns", id).ok().shows("-t served");
        frg.run("unmount", target).ok();
        assertEquals(before, frg.mountTable());
        frg.sh("cat tree/moved/new; ls x").prints("new");
    }

    @FrgTest({ROOT, USER})
    void detailsShowMembersInOrderAndWhatTheyAreUsedFor(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "A").bind("-a", "B").does("cat x t >/dev/null");
        String text = frg.run("session", trees.session()).ok().out();
        int first = text.indexOf(frg.path("A"));
        int last = text.lastIndexOf(frg.path("B"));
        assertTrue(first >= 0 && first < last, text);
        JsonNode details = frg.run("session", trees.session(), "--json").ok().json();
        for (String field : new String[] {"operations", "handles", "bytes"}) {
            assertTrue(details.toString().toLowerCase().contains(field), field + " in " + details);
        }
    }

    @FrgTest({ROOT, USER})
    void theKernelsOwnBindIsStillThere(Froggr frg) {
        Need.program("findmnt");
        frg.file("s/f", "f");
        String id = frg.bind("-r", frg.path("s"), frg.directory("t"));
        frg.inside(id, "findmnt", "-n", "-o", "FSTYPE", frg.path("t"))
                .ok()
                .require(
                        !frg.inside(id, "findmnt", "-n", "-o", "FSTYPE", frg.path("t"))
                                .out()
                                .contains("fuse"),
                        "no FUSE");
    }
}
