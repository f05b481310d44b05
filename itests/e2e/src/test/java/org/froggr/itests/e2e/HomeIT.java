package org.froggr.itests.e2e;

import static org.froggr.api.Fault.BAD_HOME;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Wait;

/** The directory that everything of Froggr's lives in, given or found. */
final class HomeIT {
    private static final String USE_AND_SHOW =
            "\"$FRG\" session -l >/dev/null && \"$FRG\" platform stop && stat -c '%U %a' /tmp/froggr";

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void itIsMadeForItsOwnerAlone(Froggr frg) {
        frg.sh("rmdir \"$FROGGR_HOME\"; umask 000; \"$FRG\" session -l").status(0);
        frg.sh("stat -c %a \"$FROGGR_HOME\"").prints("700");
        frg.run("session", "new", "--private").session();
        frg.sh("cd \"$FROGGR_HOME/sessions\" && find . -type d -not -perm 700 -o -not -type d -not -perm 600")
                .prints("");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void badOnesAreRefusedAndNotTouched(Froggr frg) {
        frg.directory("real");
        frg.sh("chmod 700 real; ln -s real link; mkdir open; chmod 777 open; : >file")
                .ok();
        for (String bad : new String[] {"link", "open", "file"}) {
            refused(frg, frg.path(bad));
        }
        frg.sh("ls -A real/* open/* 2>/dev/null; stat -c %a open").prints("777");
    }

    @FrgTest(
            value = {USER},
            fresh = true)
    void homesOfOthersAreRefused(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to make a directory of another user");
        frg.rootly("install -d -m 755 -o root " + frg.path("roots"));
        refused(frg, frg.path("roots"));
        frg.rootly("rmdir " + frg.path("roots"));
    }

    private static void refused(Froggr frg, String home) {
        frg.sh("FROGGR_HOME=$1 \"$FRG\" session -l", home).fails(BAD_HOME).naming(home);
        frg.sh("FROGGR_HOME=$1 \"$FRG\" platform start", home).fails(BAD_HOME);
    }

    /** Nobody owns /tmp: another user may have made /tmp/froggr first. */
    @FrgTest(
            value = {USER},
            fresh = true)
    void withoutFroggrHomeThereIsAWayAroundASquatter(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to make a /tmp of its own");
        for (String squat : new String[] {"mkdir /tmp/froggr", "ln -s /var /tmp/froggr", "touch /tmp/froggr"}) {
            inTmp(frg, squat, USE_AND_SHOW + "-$(id -u)")
                    .ok()
                    .shows(frg.sh("id -un").out().strip() + " 700");
        }
        inTmp(frg, "true", USE_AND_SHOW).ok().shows(frg.sh("id -un").out().strip() + " 700");
        Result both = inTmp(frg, "mkdir /tmp/froggr /tmp/froggr-$(id -u \"$USER\")", "\"$FRG\" session -l");
        both.fails(BAD_HOME);
    }

    /** As the user, with a /tmp that holds only what root has put there; all that runs ends with it. */
    private static Result inTmp(Froggr frg, String asRoot, String asUser) {
        String script =
                """
                exec unshare --mount --pid --fork --kill-child --mount-proc sh -c '
                    mount --bind "${FRG%%/bin/frg}" /mnt && export FRG=/mnt/bin/frg || exit
                    mount -t tmpfs -o mode=1777 tmp /tmp && { %s; } && unset FROGGR_HOME && cd / || exit
                    exec %s sh -c "$1"' sh "$1"
                """
                        .formatted(asRoot, frg.asUser());
        return frg.startRootScript(script, asUser).end(Froggr.LIMIT);
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aSessionDirectoryThatIsRemovedIsRebuilt(Froggr frg) {
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        frg.sh("rm -rf \"$FROGGR_HOME/sessions/$1\"", id).ok();
        assertEquals("ACTIVE", frg.state(id));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("unmount", frg.path("t")).ok();
    }

    /** Only where its parent is writable can it be made again. */
    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aHomeThatIsRemovedDuringUseIsRebuilt(Froggr frg) {
        String before = frg.mountTable();
        frg.mount(frg.directory("s"), frg.directory("t"));
        frg.sh("rm -rf \"$FROGGR_HOME\"").ok();
        Wait.until(
                "a platform answers",
                Duration.ofSeconds(60),
                () -> frg.run("session", "-l").status() == 0);
        frg.run("session", "-p").ok();
        assertEquals(before, frg.mountTable());
    }

    @FrgTest(
            value = {ROOT},
            fresh = true)
    void aFullDiskIsSaidAndNothingIsHalfDone(Froggr frg) {
        frg.rootly("mount -t tmpfs -o size=16m,mode=700 home \"$FROGGR_HOME\"");
        frg.directory("s", "t");
        frg.run("session", "-l").ok();
        String before = frg.mountTable();
        frg.sh("dd if=/dev/zero of=\"$FROGGR_HOME/filler\" bs=4096 2>/dev/null; true")
                .ok();
        Result result = frg.run("mount", frg.path("s"), frg.path("t"));
        result.require(result.status() >= 64 && result.status() <= 77, "an error")
                .says("no space");
        assertEquals(before, frg.mountTable());
        frg.sh("rm \"$FROGGR_HOME/filler\"").ok();
        String id = frg.mount(frg.path("s"), frg.path("t"));
        frg.run("session", "-k", id).ok();
        frg.crashAll();
        frg.rootly("umount -l \"$FROGGR_HOME\"");
    }
}
