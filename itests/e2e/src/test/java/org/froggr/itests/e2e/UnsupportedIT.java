package org.froggr.itests.e2e;

import static org.froggr.api.Fault.UNSUPPORTED;

import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.junit.jupiter.api.Assertions;

/** What no installed bundle offers, and command lines that are wrong. */
final class UnsupportedIT {
    @FrgTest
    void unions(Froggr frg) {
        String a = frg.directory("a");
        String b = frg.directory("b");
        String bundle = bundle(frg, "org.froggr.namespace");
        frg.run("gogo", "stop " + bundle).ok();
        try {
            frg.refuses(UNSUPPORTED, frg.withMode("bind", "-b", a, b)).says("union").says("org.froggr.namespace");
            frg.refuses(UNSUPPORTED, frg.withMode("bind", "-a", a, b)).says("union");
            frg.refuses(UNSUPPORTED, frg.withMode("bind", a, b)).says("union");
        } finally {
            frg.run("gogo", "start " + bundle).ok();
        }
        String id = frg.bind("-b", a, b);
        frg.run("session", "-k", id).ok();
    }

    private static String bundle(Froggr frg, String symbolicName) {
        return frg.run("gogo", "lb -s").ok().lines().stream()
                .filter(line -> line.contains(symbolicName + " "))
                .map(line -> line.split("\\|")[0].strip())
                .findFirst()
                .orElseThrow();
    }

    @FrgTest
    void schemesAndTypes(Froggr frg) {
        String target = frg.directory("t");
        frg.refuses(UNSUPPORTED, frg.withMode("mount", "nosuch:thing", target)).says("nosuch");
        frg.refuses(UNSUPPORTED, frg.withMode("mount", "host:/path", target));
        frg.refuses(UNSUPPORTED, frg.withMode("mount", "-t", "nosuch", frg.directory("s"), target))
                .says("nosuch");
    }

    @FrgTest
    void otherNodes(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        String id = frg.mount(source, target, "localhost");
        frg.run("session", "-k", id).ok();
        frg.refuses(UNSUPPORTED, frg.withMode("mount", source, target, "elsewhere"))
                .says("elsewhere");
    }

    @FrgTest
    void recoveryPolicies(Froggr frg) {
        frg.refuses(UNSUPPORTED, "session", "new", "--recovery", "nosuch").says("nosuch");
    }

    @FrgTest
    void wrongCommandLines(Froggr frg) {
        String[][] wrong = {
            {"nosuch"},
            {"mount"},
            {"mount", "a"},
            {"mount", "a", "b", "c", "d"},
            {"mount", "--nosuch", "a", "b"},
            {"bind", "-a", "-b", "a", "b"},
            {"session", "-k"},
            {"session", "new", "--name", "new"},
            {"session", "new", "--name", "c0ffee"},
            {"session", "new", "--name", ""},
            {"platform", "nosuch"},
            {"gogo"}
        };
        for (String[] line : wrong) {
            frg.refuses(Fault.USAGE, line);
        }
        frg.run("exec").status(125).says("USAGE");
        Assertions.assertEquals(0, frg.sessions().size());
    }
}
