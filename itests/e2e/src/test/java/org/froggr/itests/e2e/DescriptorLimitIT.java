package org.froggr.itests.e2e;

import static org.froggr.api.Fault.LIMIT;
import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Wait;

/** A machine that grants few descriptors (RLIMIT_NOFILE, getrlimit(2)). */
final class DescriptorLimitIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The platform itself takes about 130, of which 64 are the pipes that clients are answered by. */
    private static final int DESCRIPTORS = 200;

    private static final int SESSIONS = 15;
    private static final int MOUNTS = 15;

    /** In a row: then it is full. */
    private static final int REFUSALS = 5;

    /** Starts a platform that may have no more than so many, whatever it asks for. */
    private static void start(Froggr frg, int descriptors) {
        frg.sh("ulimit -n \"$1\" && \"$FRG\" session -l", Integer.toString(descriptors)).ok();
        frg.rootly("grep -q \"^Max open files *$1 *$1 \" /proc/$2/limits", "" + descriptors, "" + frg.platform());
    }

    private static long used(Froggr frg) {
        return Long.parseLong(
                frg.rootly("ls \"/proc/$1/fd\" | wc -l", "" + frg.platform()).out().strip());
    }

    private static List<String> sessions(Froggr frg, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(frg.run(newSession(frg)).session());
        }
        return ids;
    }

    /** Makes sessions until no more can be had; what the platform does meanwhile takes a descriptor now and then. */
    private static void fill(Froggr frg, List<String> ids) {
        int refused = 0;
        while (refused < REFUSALS) {
            Result one = frg.run(newSession(frg));
            if (one.status() == 0) {
                ids.add(one.session());
                refused = 0;
            } else {
                one.fails(LIMIT);
                refused++;
            }
        }
    }

    private static String[] newSession(Froggr frg) {
        return frg.world().isPrivileged()
                ? new String[] {"session", "new"}
                : new String[] {"session", "new", "--private"};
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void mountsTakeNone(Froggr frg) {
        start(frg, DESCRIPTORS);
        frg.file("s/f", "f");
        List<String> ids = sessions(frg, SESSIONS);
        long before = used(frg);
        for (String id : ids) {
            frg.sh(
                            """
                            for i in $(seq "$2"); do
                                "$FRG" bind -q -r -c -s "$1" s "t-$1-$i" >/dev/null || exit
                            done""",
                            id, "" + MOUNTS)
                    .ok();
        }
        assertTrue(used(frg) <= before + 5, used(frg) + " descriptors, and before the mounts " + before);
        String last = ids.get(ids.size() - 1);
        frg.inside(last, "cat", frg.path("t-" + last + "-" + MOUNTS + "/f")).prints("f");
        assertEquals(SESSIONS * MOUNTS, frg.sessions().findValues("binds").stream().mapToInt(n -> n.asInt()).sum());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void atTheLimitOneMoreIsRefusedAndAllElseWorks(Froggr frg) {
        start(frg, DESCRIPTORS);
        frg.file("s/f", "f");
        List<String> ids = sessions(frg, SESSIONS);
        String[] more = newSession(frg);
        fill(frg, ids);
        frg.refuses(LIMIT, more).says("too many open files").hinting("end sessions");
        frg.refuses(LIMIT, frg.withMode("mount", frg.path("s"), frg.directory("t")));

        assertEquals(ids.size(), frg.sessions().size());
        String id = ids.get(0);
        frg.run("session", id).ok();
        frg.run("mount", "-s", id, frg.path("s"), frg.path("t")).prints(id);
        frg.inside(id, "cat", frg.path("t/f")).prints("f");
        frg.run("exec", id, "--", "cat", frg.path("t/f")).prints("f");
        frg.run("unmount", "-s", id, frg.path("t")).ok();

        frg.run("session", "-k", ids.remove(1), ids.remove(1)).ok();
        frg.run(more).session();
        frg.run("session", "-p").ok();
        assertEquals(0, frg.sessions().size());
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void atTheLimitAnotherPlatformAdoptsAll(Froggr frg) {
        start(frg, DESCRIPTORS);
        List<String> ids = sessions(frg, SESSIONS);
        fill(frg, ids);
        long dead = frg.crashPlatform();
        Wait.until("the loop starts another", SOON, () -> frg.platform() != 0 && frg.platform() != dead);
        frg.sessions().forEach(session -> assertEquals("active", session.path("state").asText(), session.toString()));
        assertEquals(ids.size(), frg.sessions().size());
    }
}
