package org.froggr.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;

/** What {@code frg ns} prints can be run again. */
final class ReplayIT {
    @FrgTest
    void replayedInAFreshSessionItIsTheSame(Froggr frg) {
        Need.program("bash");
        String name = "a b\n'q'\\ü";
        frg.file(name + "/f", "f");
        frg.directory("t", "u", "v " + name, "deep");
        frg.file("file", "new");
        frg.file("old", "old");
        String first = frg.run("session", "new", "--private").session();
        frg.run("mount", "-s", first, frg.path(name), frg.path("t")).ok();
        frg.run("bind", "-s", first, "-r", "-R", "-o", "ro", frg.path(name), frg.path("u"))
                .ok();
        frg.run("bind", "-s", first, "-r", "-c", frg.path(name), frg.path("made"))
                .ok();
        frg.run("bind", "-s", first, frg.path("file"), frg.path("old")).ok();
        frg.run("mount", "-s", first, frg.path("deep"), frg.path("v " + name)).ok();
        String ns = frg.run("ns", first).ok().out();
        assertTrue(ns.lines().filter(line -> !line.startsWith("#")).count() == 5, ns);

        String second = frg.run("session", "new", "--private").session();
        frg.run("session", "-k", first).ok();
        frg.sh(
                        """
                        FROGGR_SESSION=$1 PATH=$(dirname "$FRG"):$PATH; export FROGGR_SESSION PATH
                        printf %s "$2" | sed 's/^/frg /' >lines && bash -e lines
                        """,
                        second, ns)
                .ok();
        assertEquals(ns, frg.run("ns", second).ok().out());
    }
}
