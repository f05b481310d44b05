package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Wait;

/** A session leaves the mount table as it was, whatever mounts do to each other. */
final class PropagationIT {
    @FrgTest({ROOT, ROOT_SHARED})
    void recursiveBindsLeaveTheSourcesSubmounts(Froggr frg) {
        withSubmount(frg, () -> {
            String before = frg.mountTable();
            String id = frg.bind("-r", "-R", frg.path("s"), frg.directory("t"));
            frg.sh("cat t/sub/f").prints("inner");
            frg.run("session", "-k", id).ok();
            assertEquals(before, frg.mountTable());
            frg.sh("cat s/sub/f").prints("inner");
        });
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void plainBindsLeaveSubmountsOut(Froggr frg) {
        withSubmount(frg, () -> {
            String before = frg.mountTable();
            String id = frg.bind("-r", frg.path("s"), frg.directory("t"));
            frg.sh("ls t/sub").prints("");
            frg.run("session", "-k", id).ok();
            assertEquals(before, frg.mountTable());
        });
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void privateSessionsAreSeenInsideOnly(Froggr frg) {
        withSubmount(frg, () -> {
            String before = frg.mountTable();
            String id = frg.run("bind", "--private", "-r", "-R", frg.path("s"), frg.directory("t"))
                    .session();
            assertEquals(before, frg.mountTable());
            frg.run("exec", id, "--", "cat", frg.path("t/sub/f")).prints("inner");
            frg.run("session", "-k", id).ok();
            assertEquals(before, frg.mountTable());
            frg.sh("cat s/sub/f").prints("inner");
        });
    }

    @FrgTest(ROOT_SHARED)
    void privateSessionsDoNotKeepMountsOfOthersAlive(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        String mounted = frg.mount(frg.directory("s"), frg.directory("t"));
        assertTrue(insideTable(frg, id).contains(frg.path("t")), "what is mounted later comes in");
        frg.run("session", "-k", mounted).ok();
        assertFalse(insideTable(frg, id).contains(frg.path("t")), "and goes again");
    }

    private static String insideTable(Froggr frg, String id) {
        return frg.run("exec", id, "--", "cat", "/proc/self/mountinfo").ok().out();
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void readOnlyHoldsForSubmountsToo(Froggr frg) {
        withSubmount(frg, () -> {
            String id = frg.bind("-r", "-R", "-o", "ro", frg.path("s"), frg.directory("t"));
            frg.sh("touch t/sub/new").says("read-only");
            frg.sh("touch s/sub/new").ok();
            frg.run("session", "-k", id).ok();
        });
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void manyOverlappingOnesEndInOrder(Froggr frg) {
        String before = frg.mountTable();
        frg.directory("a/x", "b/x", "c/x");
        frg.mount(frg.path("a"), frg.path("b"));
        frg.mount(frg.path("c"), frg.path("b/x"));
        frg.bind("-r", "-R", frg.path("b"), frg.directory("d"));
        frg.run("session", "-p").ok();
        assertEquals(before, frg.mountTable());
    }

    @FrgTest({ROOT, ROOT_SHARED, USER})
    void whatCameAlongGoesAlsoWhenTheSourceHasLostIt(Froggr frg) {
        String before = frg.mountTable();
        String id = overlapping(frg);
        frg.run("unmount", "-s", id, frg.path("b/x")).ok();
        frg.run("unmount", "-s", id, frg.path("d")).ok();
        frg.run("session", "-k", id).ok();
        assertEquals(before, frg.mountTable());
    }

    @FrgTest({ROOT, ROOT_SHARED, USER})
    void whatCameAlongIsKnownToTheNextPlatform(Froggr frg) {
        String before = frg.mountTable();
        String id = overlapping(frg);
        frg.run("unmount", "-s", id, frg.path("b/x")).ok();
        frg.crashAll();
        frg.run("unmount", "-s", id, frg.path("d")).ok();
        frg.run("session", "-k", id).ok();
        assertEquals(before, frg.mountTable());
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void whatAPersonMountedBelowIsNotTakenForWhatCameAlong(Froggr frg) {
        String before = frg.mountTable();
        String id = overlapping(frg);
        frg.rootly("umount d/x && mount -t tmpfs mine d/x && printf mine >d/x/f");
        frg.run("unmount", "-s", id, frg.path("d")).fails(Fault.BUSY).says(frg.path("d/x"));
        frg.sh("cat d/x/f").prints("mine");
        frg.rootly("umount d/x");
        frg.run("session", "-k", id).ok();
        assertEquals(before, frg.mountTable());
    }

    /** A session in which {@code a} is on {@code b}, {@code c} on {@code b/x}, and all of {@code b} on {@code d}. */
    private static String overlapping(Froggr frg) {
        frg.directory("a/x", "b", "c");
        frg.file("c/f", "c");
        String mode = frg.world().isPrivileged() ? "" : "--private";
        String id = frg.sh("exec \"$FRG\" session new " + mode).session();
        frg.run("mount", "-s", id, frg.path("a"), frg.path("b")).ok();
        frg.run("mount", "-s", id, frg.path("c"), frg.path("b/x")).ok();
        frg.run("bind", "-s", id, "-r", "-R", frg.path("b"), frg.directory("d")).ok();
        frg.inside(id, "cat", frg.path("d/x/f")).prints("c");
        return id;
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void aMountUndoneByOthersIsSeenWithinASecond(Froggr frg) {
        String id = frg.run("session", "new").session();
        frg.run("mount", "-s", id, frg.directory("s"), frg.directory("t")).ok();
        frg.rootly("umount \"$1\"", frg.path("t"));
        Wait.until("the loss is recorded", Duration.ofSeconds(3), () -> {
            String details = frg.run("session", id).ok().out().toLowerCase();
            return List.of("lost", "missing", "undone", "gone").stream().anyMatch(details::contains);
        });
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void aTargetRenamedWhileMountedIsStillUnmounted(Froggr frg) {
        String before = frg.mountTable();
        String id = frg.mount(frg.directory("s"), frg.directory("above/t"));
        frg.sh("mv above elsewhere").ok();
        frg.run("session", "-k", id).ok();
        assertEquals(before, frg.mountTable());
    }

    @FrgTest(ROOT)
    void aTargetRemovedInAnotherNamespaceIsSeen(Froggr frg) {
        String before = frg.mountTable();
        String id = frg.run("session", "new").session();
        frg.run("mount", "-s", id, frg.directory("s"), frg.directory("above/t")).ok();
        // In a namespace where it is no mount point, anybody who may can remove it: the mount goes with it.
        frg.rootly("unshare --mount sh -c 'umount \"$1\" && rmdir \"$1\"' sh \"$1\"", frg.path("above/t"));
        Wait.until("the kernel dropped the mount", Duration.ofSeconds(5), () -> frg.mountTable()
                .equals(before));
        Wait.until(
                "Froggr says so",
                Duration.ofSeconds(3),
                () -> frg.run("session", id).ok().out().toLowerCase().matches("(?s).*(lost|missing|undone|gone).*"));
    }

    private static void withSubmount(Froggr frg, Runnable test) {
        frg.directory("s/sub");
        frg.rootly("mount -t tmpfs inner s/sub && printf inner >s/sub/f");
        try {
            test.run();
        } finally {
            frg.rootly("umount s/sub");
        }
    }
}
