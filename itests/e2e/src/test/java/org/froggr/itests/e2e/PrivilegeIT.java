package org.froggr.itests.e2e;

import static org.froggr.api.Fault.NOT_READABLE;
import static org.froggr.api.Fault.NO_PRIVILEGE;
import static org.froggr.api.Fault.NO_USERNS;
import static org.froggr.api.Fault.READ_ONLY;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.froggr.itests.harness.World.USER_SHARED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** What a user may not do, and what they can do instead. */
final class PrivilegeIT {
    @FrgTest({USER, USER_SHARED})
    void aSharedMountOfTheKernelsNeedsRoot(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        frg.refuses(NO_PRIVILEGE, "mount", "-t", "kernel", source, target).hinting("--private");
        frg.refuses(NO_PRIVILEGE, "mount", "-t", "kernel", "-R", source, target).hinting("--private");
        frg.refuses(NO_PRIVILEGE, "mount", "-c", "-t", "kernel", source, frg.path("made")).hinting("--private");
    }

    @FrgTest({USER})
    void aSourceThatCannotBeReached(Froggr frg) {
        String target = frg.directory("t");
        frg.directory("closed/s");
        frg.sh("chmod 000 closed").ok();
        try {
            frg.refuses(NOT_READABLE, frg.withMode("mount", frg.path("closed/s"), target))
                    .naming(frg.path("closed"));
        } finally {
            frg.sh("chmod 700 closed").ok();
        }
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void aReadOnlySourceIsMountedReadOnly(Froggr frg) {
        String source = frg.directory("s");
        String target = frg.directory("t");
        frg.rootly("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", source);
        try {
            frg.refuses(READ_ONLY, "mount", "--rw", source, target).naming(source);
            String id = frg.run("mount", source, target).says("read-only").session();
            frg.sh("touch t/f").says("read-only");
            frg.run("session", "-k", id).ok();
        } finally {
            frg.rootly("umount \"$1\"", source);
        }
    }

    @FrgTest
    void readOnlyOnRequest(Froggr frg) {
        String id = frg.mount("-o", "ro", frg.directory("s"), frg.directory("t"));
        frg.inside(id, "touch", frg.path("t/f")).says("read-only");
        frg.sh("touch s/f").ok();
        frg.inside(id, "test", "-e", frg.path("t/f")).ok();
        frg.run("ns", id).ok().shows("-o ro");
    }

    /** As on a machine where an administrator has forbidden user namespaces. */
    @FrgTest(value = USER, fresh = true)
    void withoutUserNamespaces(Froggr frg) throws IOException {
        org.froggr.itests.harness.Need.that(frg.canBecomeOthers(), "root, to forbid user namespaces");
        frg.directory("s", "t");
        frg.file("job", "\"$FRG\" mount --private s t; s=$?; \"$FRG\" platform stop >stopped 2>&1; exit $s");
        // The second shell has the capabilities of root that the first one lost, being nobody yet.
        String script =
                """
                exec unshare --user sh -c 'read go; exec sh -c "$@"' sh '
                    echo 0 >/proc/sys/user/max_user_namespaces &&
                    exec %s sh job' sh
                """
                        .formatted(frg.asUser());
        try (Running shell = frg.startRootScript(script)) {
            mapAllUsers(shell.pid());
            shell.type("go\n").end(Froggr.LIMIT).fails(NO_USERNS).says("max_user_namespaces");
        }
        frg.sh("test -z \"$(ls \"$FROGGR_HOME\"/sessions)\"").ok();
    }

    private static void mapAllUsers(long pid) throws IOException {
        Path own = Path.of("/proc/self/ns/user");
        Path its = Path.of("/proc/" + pid + "/ns/user");
        String ours = Files.readSymbolicLink(own).toString();
        Wait.until("a user namespace", Duration.ofSeconds(10), () -> !link(its).equals(ours));
        Files.writeString(Path.of("/proc/" + pid + "/uid_map"), "0 0 65536");
        Files.writeString(Path.of("/proc/" + pid + "/gid_map"), "0 0 65536");
    }

    private static String link(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
