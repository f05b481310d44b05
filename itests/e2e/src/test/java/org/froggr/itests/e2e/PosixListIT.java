package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;

/** The list of POSIX cases ({@code itests/posix}) on what Froggr presents. */
final class PosixListIT {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /**
     * What is known not to be as on the bare file system, without the numbers, which shift: O_APPEND that is taken
     * off an open file; and, where only the caller's own ids exist, the error for others.
     */
    private static final Set<String> KNOWN =
            Set.of("open/setfl-clears-append", "chown/ordinary-user-to-root-EPERM");

    @FrgTest(ROOT)
    void servedTree(Froggr frg) {
        onTmpfs(frg, () -> {
            String id = frg.mount("-t", "served", "-o", "suid,dev", frg.path("disk/a"), frg.path("disk/t"));
            check(frg.startRootScript(list(frg)).end(LIMIT));
            frg.run("session", "-k", id).ok();
        });
    }

    @FrgTest(ROOT)
    void unionOfThree(Froggr frg) {
        onTmpfs(frg, () -> {
            String id = frg.bind("-b", "-o", "suid,dev", frg.path("disk/a"), frg.path("disk/t"));
            frg.bind("-a", "-o", "suid,dev", frg.path("disk/b"), frg.path("disk/t"));
            check(frg.startRootScript(list(frg)).end(LIMIT));
            frg.run("session", "-k", id).ok();
        });
    }

    @FrgTest(USER)
    void unionOfAnOrdinaryUser(Froggr frg) {
        onTmpfs(frg, () -> {
            String id = frg.bind("-b", frg.path("disk/a"), frg.path("disk/t"));
            check(frg.startScript("exec \"$FRG\" exec " + id + " -- " + list(frg)).end(LIMIT));
            frg.run("session", "-k", id).ok();
        });
    }

    private static String list(Froggr frg) {
        Path run = Path.of(System.getProperty("froggr.project")).toAbsolutePath().normalize().resolve("itests/posix/run");
        return run + " --backing " + frg.path("disk/bare") + " " + frg.path("disk/t");
    }

    private static void onTmpfs(Froggr frg, Runnable test) {
        frg.rootly("mkdir -p disk && mount -t tmpfs disk disk && cd disk && mkdir -m 777 a b t bare");
        try {
            test.run();
        } finally {
            frg.rootly("umount -l disk && rmdir disk");
        }
    }

    private static void check(Result result) {
        Set<String> failed = new TreeSet<>();
        result.lines().stream()
                .filter(line -> line.startsWith("FAIL "))
                .map(line -> line.substring(5, line.indexOf(':')).replaceFirst("/\\d+-", "/"))
                .forEach(failed::add);
        assertTrue(result.lines().stream().anyMatch(line -> line.startsWith("all ")), "it ran to the end: " + result);
        failed.removeAll(KNOWN);
        assertEquals(Set.of(), failed, result.toString());
    }
}
