package org.froggr.itests.e2e;

import static org.froggr.api.Fault.BUSY;
import static org.froggr.api.Fault.FOREIGN_MOUNT;
import static org.froggr.api.Fault.NOT_MOUNTED;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Snapshot;
import org.froggr.itests.harness.Wait;

/** Several things on one target, things that are in use, and things that are not Froggr's. */
final class StackIT {
    @FrgTest
    void theSameRequestAgainIsDoneAlready(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        String id = frg.mount(source, target);
        Snapshot before = frg.snapshot();
        assertEquals(
                id,
                frg.run(frg.withMode("mount", source, target)).says("already").session());
        assertEquals(before, frg.snapshot());
        assertEquals(1, frg.session(id).path("mounts").asInt());

        String bound = frg.bind("-r", source, frg.directory("u"));
        assertEquals(
                bound,
                frg.run(frg.withMode("bind", "-r", source, frg.path("u")))
                        .says("already")
                        .session());
    }

    @FrgTest
    void anotherSourceCoversTheFirst(Froggr frg) {
        String first = frg.file("first/1", "");
        String target = frg.directory("t");
        frg.file("second/2", "");
        String id = frg.mount(frg.path("first"), target);
        String same = frg.run(frg.withMode("mount", frg.path("second"), target))
                .says(frg.path("first"))
                .says(frg.path("second"))
                .session();
        assertEquals(id, same, "the session of that root is used again");
        frg.inside(id, "ls", target).prints("2");
        frg.run("unmount", frg.path("second"), target).ok();
        frg.inside(id, "ls", target).prints("1");
        frg.run("unmount", target).ok();
        frg.sh("test -e \"$1\"", first).ok();
    }

    @FrgTest
    void whatIsBelowCanBeTakenOutOnlyByItsName(Froggr frg) {
        frg.file("first/1", "");
        frg.file("second/2", "");
        String target = frg.directory("t");
        frg.mount(frg.path("first"), target);
        frg.mount(frg.path("second"), target);
        frg.run("unmount", target).ok();
        assertEquals(0, frg.sessions().size(), "all of it is gone");
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void mountsOfOthersAreLeftAlone(Froggr frg) {
        String source = frg.file("s/f", "f");
        String target = frg.directory("t");
        frg.rootly("mount -t tmpfs foreign \"$1\"", target);
        try {
            frg.refuses(FOREIGN_MOUNT, "mount", frg.path("s"), target)
                    .naming(target)
                    .hinting("--force");
            frg.refuses(FOREIGN_MOUNT, "bind", "-r", frg.path("s"), target).naming(target);
            String id = frg.run("mount", "--force", frg.path("s"), target).session();
            frg.sh("test -e t/f && test -e \"$1\"", source).ok();
            frg.run("session", "-k", id).ok();
            frg.sh("findmnt -n -o FSTYPE t").prints("tmpfs");
        } finally {
            frg.rootly("umount \"$1\"", target);
        }
    }

    @FrgTest
    void whatIsNotMountedCannotBeUnmounted(Froggr frg) {
        String target = frg.directory("t/below");
        frg.refuses(NOT_MOUNTED, "unmount", target).naming(target);
        frg.mount(frg.directory("s/below"), frg.path("t"));
        frg.refuses(NOT_MOUNTED, "unmount", frg.path("t/below")).says(frg.path("t"));
        frg.refuses(NOT_MOUNTED, "unmount", frg.directory("elsewhere"), frg.path("t"));
    }

    @FrgTest
    void aBusyMountStaysAndTheHolderIsNamed(Froggr frg) {
        String target = frg.directory("t");
        String id = frg.mount(frg.directory("s"), target);
        try (Running holder = hold(frg, id, target)) {
            frg.refuses(BUSY, "unmount", target)
                    .naming(target)
                    .says(Long.toString(holder.pid()))
                    .says("sleep")
                    .hinting("--lazy");
            assertNotNull(frg.session(id));
            frg.run("unmount", "--lazy", target).ok();
            assertNull(frg.session(id));
        }
    }

    @FrgTest
    void killingABusySessionUndoesNothing(Froggr frg) {
        String id = frg.run(session(frg)).session();
        frg.run("mount", "-s", id, frg.directory("s"), frg.directory("a")).prints(id);
        frg.run("mount", "-s", id, frg.path("s"), frg.directory("b")).prints(id);
        try (Running holder = hold(frg, id, frg.path("a"))) {
            frg.refuses(BUSY, "session", "-k", id)
                    .says(Long.toString(holder.pid()))
                    .naming(frg.path("a"));
            assertEquals(2, frg.session(id).path("mounts").asInt());
            frg.run("session", "-k", id, "--lazy").ok();
            assertNull(frg.session(id));
        }
    }

    @FrgTest
    void forceEndsABusySessionToo(Froggr frg) {
        String target = frg.directory("t");
        String id = frg.mount(frg.directory("s"), target);
        try (Running holder = hold(frg, id, target)) {
            frg.run("session", "-k", id, "--force").ok();
            assertNull(frg.session(id));
            assertTrue(holder.isAlive(), "the process itself is not Froggr's to end");
        }
    }

    private static String[] session(Froggr frg) {
        return frg.world().isPrivileged()
                ? new String[] {"session", "new"}
                : new String[] {"session", "new", "--private"};
    }

    /** A process whose working directory is in the mount. */
    private static Running hold(Froggr frg, String id, String directory) {
        String script = "cd \"$2\" && echo held && exec sleep 600";
        Running holder = frg.world().isPrivileged()
                ? frg.startScript(script, id, directory)
                : frg.startScript(
                        "exec \"$FRG\" exec \"$1\" -- sh -c 'cd \"$1\" && echo held && exec sleep 600' sh \"$2\"",
                        id,
                        directory);
        Wait.until("a process in " + directory, Duration.ofSeconds(10), () -> holder.outSoFar()
                .contains("held"));
        return holder;
    }
}
