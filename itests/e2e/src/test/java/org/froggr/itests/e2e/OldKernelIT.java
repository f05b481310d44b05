package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.MissingCalls;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Wait;

/** Linux 5.12 is enough, and also without calls that containers often forbid. */
final class OldKernelIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The first call of Linux 5.13 or later: quotactl_fd; 5.12 ends with mount_setattr. */
    private static final int AFTER_5_12 = 443;

    private static final int CLOSE_RANGE = 436;
    private static final int PIDFD_GETFD = 438;
    private static final int LISTMOUNT = 458;

    /** All that runs for this home runs on such a kernel. */
    private static Froggr onOldKernel(Froggr frg) {
        Path filter = Path.of(frg.home()).resolveSibling("old-kernel.bpf");
        frg.under(MissingCalls.words(filter, AFTER_5_12, CLOSE_RANGE, PIDFD_GETFD));
        for (int call : List.of(CLOSE_RANGE, PIDFD_GETFD, AFTER_5_12, LISTMOUNT)) {
            frg.sh("perl -e 'syscall($ARGV[0] + 0, -1, -1, -1, -1); print $!{ENOSYS} ? 1 : 0' \"$1\"", "" + call)
                    .prints("1");
        }
        frg.run("session", "-l").ok();
        frg.rootly("grep -q '^Seccomp:.*2$' /proc/$1/status", "" + frg.platform());
        return frg;
    }

    @FrgTest(
            value = {ROOT, ROOT_SHARED, USER},
            fresh = true)
    void mountsAndBinds(Froggr given) {
        Froggr frg = onOldKernel(given);
        frg.file("s/f", "f");
        frg.file("file", "new");
        frg.directory("t");
        String id = frg.mount(frg.path("s"), frg.path("t"));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("bind", "-s", id, "-r", "-o", "ro", frg.path("s"), frg.directory("u"))
                .prints(id);
        frg.inside(id, "sh", "-c", "! echo x 2>/dev/null >" + frg.path("u/f")).ok();
        frg.run("bind", "-s", id, frg.path("file"), frg.file("old", "old")).prints(id);
        frg.inside(id, "cat", frg.path("old")).prints("new");
        frg.run("bind", "-s", id, "-r", "-R", frg.path("t"), frg.directory("v")).prints(id);
        frg.run("exec", id, "--", "cat", frg.path("v/f")).prints("f");
        frg.run("session", "-l").ok().shows(id.substring(0, 8));
        frg.run("session", id).ok().shows(frg.path("u"));
        frg.run("unmount", frg.path("v")).ok();
        assertEquals(2, frg.session(id).path("binds").asInt());
        frg.refuses(Fault.SOURCE_MISSING, frg.withMode("mount", frg.path("none"), frg.path("t")));
        frg.run("session", "-p").prints(id);
        assertEquals(0, frg.sessions().size());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void privateSessions(Froggr given) {
        Froggr frg = onOldKernel(given);
        frg.file("s/f", "f");
        String id = frg.run("session", "new", "--private", "--name", "dev").session();
        frg.run("mount", "-s", "dev", frg.path("s"), frg.directory("t")).prints(id);
        frg.run("exec", "dev", "--", "cat", frg.path("t/f")).prints("f");
        frg.run("exec", "dev", "--", "sh", "-c", "exit 42").status(42);
        frg.sh("test ! -e t/f").ok();
        frg.run("session", "-k", "dev").prints(id);
    }

    /** Without a copy of the client's descriptor, output takes other ways. */
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void outputArrivesWherever(Froggr given) {
        Froggr frg = onOldKernel(given);
        String id = frg.run("session", "new", "--private").session();
        frg.sh("\"$FRG\" session -l >list && grep -c \"$1\" list", id.substring(0, 8)).prints("1");
        frg.sh("\"$FRG\" session -l >>list && grep -c \"$1\" list", id.substring(0, 8)).prints("2");
        frg.sh("\"$FRG\" session -l | grep -c \"$1\"", id.substring(0, 8)).prints("1");
        frg.sh("\"$FRG\" nosuch 2>err; grep -c USAGE err").prints("1");
        frg.sh("\"$FRG\" exec \"$1\" -- echo inside >out && cat out", id).prints("inside");
        frg.sh("rm list err out").ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void whateverDiesIsReplaced(Froggr given) {
        Froggr frg = onOldKernel(given);
        frg.file("s/f", "f");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        long anchor = frg.anchor(id);
        long dead = frg.crashPlatform();
        Wait.until("the loop starts another", SOON, () -> frg.platform() != 0 && frg.platform() != dead);
        assertEquals(anchor, frg.anchor(id), "the session is adopted");
        Processes.signal("KILL", anchor);
        Wait.until("another anchor", SOON, () -> frg.anchor(id) != anchor && frg.state(id).equals("ACTIVE"));
        assertNotEquals(0, frg.anchor(id));
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("unmount", frg.path("t")).ok();
    }
}
