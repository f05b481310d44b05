package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** The platform, or a part of it, is replaced on purpose while programs use what it presents. */
final class UpgradeIT {
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aPlatformTakesOverFromAnother(Froggr frg) {
        String id = union(frg);
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')", "os.mkdir('d')", "os.chdir('d')");
            long before = frg.platform();
            frg.run("platform", "upgrade").ok().shows("took over from " + before);
            assertNotEquals(before, frg.platform());
            program.does("f.write(b'two')", "os.mkdir('e')").sees("b'one two'", "open('../f', 'rb').read()");
        }
    }

    @FrgTest(value = ROOT, fresh = true)
    void withoutOneItIsAStart(Froggr frg) {
        frg.run("platform", "stop").ok();
        frg.run("platform", "upgrade").ok();
        frg.run("platform", "status").ok().shows("running");
    }

    /** Every bundle that has a part in answering. */
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void itsBundlesAreUpdated(Froggr frg) {
        String id = union(frg);
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)");
            String written = "";
            for (String bundle : List.of("backend.local", "namespace", "fuse", "session", "fuse", "namespace")) {
                frg.run("gogo", "felix:update ($.context getBundle " + number(frg, bundle) + ")");
                written += bundle + " ";
                program.does("f.write(b'" + bundle + " ')", "os.mkdir('d')", "os.rename('d', 'e')", "os.rmdir('e')")
                        .sees("b'" + written + "'", "open('f', 'rb').read()");
            }
        }
    }

    private static String number(Froggr frg, String bundle) {
        return frg.run("gogo", "lb -s").ok().lines().stream()
                .filter(line -> line.contains("org.froggr." + bundle))
                .map(line -> line.strip().split("\\D+")[0])
                .findFirst()
                .orElseThrow();
    }

    private static String union(Froggr frg) {
        frg.file("a/a", "a");
        frg.directory("t");
        return frg.bind("-b", "-c", frg.path("a"), frg.path("t"));
    }
}
