package org.froggr.itests.e2e;

import static org.froggr.api.Fault.CYCLE;
import static org.froggr.api.Fault.RECURSION;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** Binds into each other: refused where they would loop, allowed where the kernel makes them safe. */
final class CyclesIT {
    @FrgTest
    void aRecursiveBindIntoItselfWouldLoop(Froggr frg) {
        String inner = frg.directory("a/inner");
        frg.refuses(RECURSION, frg.withMode("bind", "-r", "-R", frg.path("a"), inner))
                .naming(frg.path("a"))
                .naming(inner);
    }

    @FrgTest
    void aPlainBindIntoItselfIsSafe(Froggr frg) {
        frg.file("a/f", "f");
        String inner = frg.directory("a/inner");
        String id = frg.bind("-r", frg.path("a"), inner);
        frg.inside(id, "cat", inner + "/f").prints("f");
        frg.inside(id, "ls", inner + "/inner").prints("");
    }

    @FrgTest
    void aPartInThePlaceOfTheWholeIsSafe(Froggr frg) {
        frg.file("a/inner/f", "f");
        String id = frg.bind("-r", "-R", frg.path("a/inner"), frg.path("a"));
        frg.inside(id, "ls", frg.path("a")).prints("f");
        frg.run("session", "-k", id).ok();
        frg.sh("ls a").prints("inner");
    }

    @FrgTest
    void aCycleThroughAThirdBindIsShown(Froggr frg) {
        frg.directory("a/y", "b/x");
        String id = frg.bind("-r", frg.path("a"), frg.path("b/x"));
        frg.refuses(CYCLE, "bind", "-s", id, "-r", "-R", frg.path("b"), frg.path("a/y"))
                .naming(frg.path("b"))
                .naming(frg.path("b/x"))
                .naming(frg.path("a/y"));
    }
}
