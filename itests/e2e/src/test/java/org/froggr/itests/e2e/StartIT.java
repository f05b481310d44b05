package org.froggr.itests.e2e;

import static org.froggr.api.Fault.UNAVAILABLE;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.itests.harness.Distribution;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;

/** How a platform starts, or says why it does not. */
final class StartIT {
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void startStatusStop(Froggr frg) {
        frg.run("platform", "status").require(frg.platform() == 0, "asking starts none");
        frg.run("platform", "start").ok();
        assertEquals(
                frg.platform(),
                frg.run("platform", "status", "--json").ok().json().path("pid").asLong());
        frg.run("platform", "start").ok();
        assertEquals(
                1, Processes.withCommand("-Dfroggr.home=" + frg.home() + " ").size());
        frg.run("platform", "stop").ok();
        assertEquals(0, frg.platform());
        frg.run("platform", "stop").ok();
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void withoutAJdkItSaysWhatToInstall(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to hide the JDKs");
        String script = "exec unshare --mount sh -c 'mount -t tmpfs none /usr/lib/jvm && exec " + frg.asUser()
                + " env -u JAVA_HOME \"$FRG\" session -l'";
        frg.startRootScript(script)
                .end(Froggr.LIMIT)
                .fails(UNAVAILABLE)
                .says("JDK 17")
                .hinting("install");
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void aJavaHomeWithoutJavaIsNamed(Froggr frg) {
        String empty = frg.directory("no-jdk");
        frg.sh("FROGGR_JAVA_HOME=$1 \"$FRG\" session -l", empty)
                .fails(UNAVAILABLE)
                .says(empty);
        frg.sh("JAVA_HOME=$1 \"$FRG\" session -l", empty).ok();
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void aStartThatFailsSaysWhyAndWhereItsLogIs(Froggr frg) {
        frg.sh(
                        "cp -r \"$1\" dist && rm dist/bundles/*org.froggr.session*",
                        Distribution.folder().toString())
                .ok();
        frg.sh("exec dist/bin/frg session -l").fails(UNAVAILABLE).says("platform.log");
        frg.sh("exec dist/bin/frg session -l").fails(UNAVAILABLE);
        assertEquals(List.of(), frg.processes());
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void aBundleTakenFromTheFeatureIsGone(Froggr frg) {
        frg.sh(
                        "cp -r \"$1\" dist && sed -i '/org.froggr.recovery.quarantine/d' dist/features/froggr.json",
                        Distribution.folder().toString())
                .ok();
        Result list = frg.sh("dist/bin/frg gogo 'lb -s'").ok().shows("org.froggr.recovery.resume");
        list.require(!list.out().contains("org.froggr.recovery.quarantine"), "no such bundle");
        frg.stopPlatform();
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void itRunsFromAPathWithSpacesAndThroughALink(Froggr frg) {
        frg.sh(
                        "cp -r \"$1\" \"a b'c\" && ln -s \"$PWD/a b'c/bin/frg\" link",
                        Distribution.folder().toString())
                .ok();
        frg.sh("./link session -l").ok();
        frg.sh("\"a b'c/bin/frg\" --version").ok();
        frg.sh("./link platform stop").ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aHomeWithOddBytesInItsName(Froggr frg) {
        String odd = "a b,c=d:e'f\"g";
        frg.sh(
                        """
                        mkdir -m 700 "$1"; FROGGR_HOME=$PWD/$1; export FROGGR_HOME
                        "$FRG" session new --private && "$FRG" session -l && "$FRG" session -p && "$FRG" platform stop
                        """,
                        odd)
                .ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void theMainJobOnTheNewestJdk(Froggr frg) {
        Path newest = newestJdk();
        Need.that(newest != null, "a JDK newer than 17 in /usr/lib/jvm");
        frg.set("JAVA_HOME", newest.toString());
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        assertTrue(Processes.command(frg.platform()).startsWith(newest.toString()), Processes.command(frg.platform()));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("gogo", "froggr:session -l | grep active").ok().shows(id.substring(0, 8));
        frg.crashPlatform();
        frg.run("session", id).ok();
        frg.run("unmount", frg.path("t")).ok();
        frg.sh("cat \"$FROGGR_HOME\"/platform/*.log | grep -i 'warning:' || true")
                .prints("");
    }

    private static Path newestJdk() {
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            return all.filter(path -> path.getFileName().toString().matches(".*(2[1-9]|[3-9][0-9]).*"))
                    .filter(path -> Files.isExecutable(path.resolve("bin/java")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
