package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import org.froggr.api.Fault;
import org.froggr.itests.harness.Distribution;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Wait;

/** A stranger's bundle, dropped into {@code bundles/} while the platform runs. */
final class ThirdPartyIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** Drops a version of the bundle, {@code first} or {@code second}, and waits until its verb works. */
    static void install(Froggr frg, String version) {
        String jar =
                version.equals("first") ? "itests-thirdparty-0.1.0.jar" : "second/itests-thirdparty-0.1.0-second.jar";
        String greeting = version.equals("first") ? "hello, you" : "good day, you";
        drop(frg, Distribution.thirdParty(jar).toString());
        Wait.until(version + " version works", SOON, () -> frg.run("hello", "you")
                .out()
                .equals(greeting + "\n"));
        Wait.until("its backend too", SOON, () -> !frg.run(frg.withMode("mount", "hello:denied", frg.work()))
                .err()
                .contains("UNSUPPORTED"));
    }

    private static void drop(Froggr frg, String jar) {
        frg.run("session", "-l").ok();
        frg.rootly(
                "install -m 644 -o \"$USER\" \"$1\" \"$FROGGR_HOME/bundle.new\" && mv \"$FROGGR_HOME/bundle.new\" "
                        + "\"$FROGGR_HOME/bundles/hello.jar\"",
                jar);
    }

    /** Takes the bundle away and waits until its verb is gone. */
    static void remove(Froggr frg) {
        frg.sh("rm -f \"$FROGGR_HOME/bundles/hello.jar\"").ok();
        Wait.until("the bundle is gone", SOON, () -> frg.run("hello", "you").status() == Fault.USAGE.exitStatus());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void itsVerbIsOneOfFrgsAndOfGogos(Froggr frg) {
        install(frg, "first");
        frg.run("hello", "you").prints("hello, you");
        frg.run("hello", "--status", "7", "you").status(7);
        frg.run("hello", "--json", "you").ok().json();
        frg.run("hello", "-h").ok().shows("WHOM");
        frg.run("-h").ok().shows("hello");
        frg.run("hello").fails(Fault.USAGE);
        frg.run("gogo", "froggr:hello 'all of you'").prints("hello, all of you");
        remove(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void itsBackendMounts(Froggr frg) {
        install(frg, "first");
        String target = frg.directory("t");
        String id = frg.mount("hello:world", target);
        frg.inside(id, "cat", target + "/greeting").prints("hello, world");
        frg.run("ns", id).ok().shows("hello:world");
        frg.run("unmount", "hello:world", target).ok();
        frg.run("gogo", "froggr:mount " + (frg.world().isPrivileged() ? "" : "--private ") + "hello:gogo " + target)
                .ok();
        frg.run("session", "-p").ok();
        frg.sh("ls -d /tmp/hello-tree-* 2>/dev/null | wc -l").prints("0");
        remove(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void backendsThatMisbehaveHarmNobody(Froggr frg) {
        install(frg, "first");
        String target = frg.directory("t");
        String other = frg.mount(frg.file("s/f", "f").replaceFirst("/f$", ""), frg.directory("other"));
        frg.refuses(Fault.IO_ERROR, frg.withMode("mount", "hello:broken", target));
        frg.refuses(Fault.IO_ERROR, frg.withMode("mount", "hello:nothing", target));
        Result denied = frg.run(frg.withMode("mount", "hello:denied", target));
        denied.require(
                denied.status() != 0 && denied.err().contains("EACCES")
                        || denied.err().contains("ermission"),
                "why");
        frg.inside(other, "cat", frg.path("other/f")).prints("f");
        remove(frg);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aBackendThatHangsIsGivenUpOn(Froggr frg) {
        install(frg, "first");
        Result result = frg.run("mount", "hello:silent", frg.directory("t"));
        result.require(result.status() == 74 || result.status() == 75, "an error after a deadline");
        assertEquals(0, frg.sessions().size());
        remove(frg);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aNewVersionTakesOverMountsInUse(Froggr frg) {
        install(frg, "first");
        String target = frg.directory("t");
        String id = frg.mount("hello:world", target);
        install(frg, "second");
        frg.inside(id, "cat", target + "/greeting").ok();
        assertNotNull(frg.session(id));
        frg.run("hello", "you").prints("good day, you");
        String next = frg.mount("hello:again", frg.directory("u"));
        frg.inside(next, "cat", frg.path("u/greeting")).prints("good day, again");
        frg.run("session", "-k", id, next).ok();
        frg.sh("ls -d /tmp/hello-tree-* 2>/dev/null | wc -l").prints("0");
        remove(frg);
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aBackendThatIsTakenAwayWhileInUseIsNamed(Froggr frg) {
        install(frg, "first");
        String target = frg.directory("t");
        String id = frg.mount("hello:world", target);
        remove(frg);
        frg.inside(id, "cat", target + "/greeting").ok();
        frg.refuses(Fault.UNSUPPORTED, "mount", "hello:more", frg.directory("u"))
                .says("hello");
        assertEquals("ACTIVE", frg.state(id));
        frg.run("unmount", target).ok();
        frg.rootly("rm -rf /tmp/hello-tree-*");
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aBundleForAnotherApiIsNamed(Froggr frg) {
        drop(
                frg,
                Distribution.thirdParty("future/itests-thirdparty-0.1.0-future.jar")
                        .toString());
        Wait.until(
                "it is installed",
                SOON,
                () -> frg.run("gogo", "lb").out().contains("org.example.hello")
                        || frg.run("gogo", "lb -s").out().contains("org.example.hello"));
        frg.refuses(Fault.UNSUPPORTED, "mount", "hello:x", frg.directory("t")).says("org.example.hello");
        frg.run("session", "-l").ok();
    }
}
