package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** Files that were damaged while no platform ran. */
final class StateFilesIT {
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void damagedSessionFilesAreSetAside(Froggr frg) {
        for (String damage : new String[] {": >", "printf '{\"id\":' >", "head -c 500 /dev/urandom >"}) {
            frg.file("s/f", "f");
            String id = frg.mount(frg.path("s"), frg.directory("t"));
            frg.crashAll();
            frg.sh("cd \"$FROGGR_HOME/sessions/$1\" && " + damage + "session.json", id)
                    .ok();
            assertEquals(1, frg.sessions().size());
            frg.inside(id, "cat", frg.path("t/f")).prints("f");
            frg.run("unmount", frg.path("t")).ok();
            assertEquals(0, frg.sessions().size());
        }
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aNewerVersionIsLeftUntouchedAndReported(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        frg.crashAll();
        frg.sh(
                        """
                        cd "$FROGGR_HOME/sessions/$1" || exit
                        sed -i 's/"version" *: *[0-9]*/"version": 999/' session.json && cp -p session.json ../../copy
                        """,
                        id)
                .ok();
        frg.run("session", "-l").ok();
        frg.sh("cmp \"$FROGGR_HOME/sessions/$1/session.json\" \"$FROGGR_HOME/copy\"", id)
                .ok();
        assertTrue(frg.log().contains(id), "no report of " + id);
        frg.crashAll();
        frg.sh("sed -i 's/\"version\": 999/\"version\": 1/' \"$FROGGR_HOME/sessions/$1/session.json\"", id)
                .ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void strangersInTheSessionsDirectoryAreLeftAlone(Froggr frg) {
        String id = frg.run("session", "new", "--private").session();
        frg.crashAll();
        frg.sh("mkdir \"$FROGGR_HOME/sessions/stranger\" && echo mine >\"$FROGGR_HOME/sessions/stranger/file\"")
                .ok();
        frg.sh("echo mine >\"$FROGGR_HOME/sessions/$1/mine\"", id).ok();
        assertEquals(1, frg.sessions().size());
        frg.run("session", "-k", id);
        frg.sh("cat \"$FROGGR_HOME/sessions/stranger/file\"").prints("mine");
        frg.sh("rm -r \"$FROGGR_HOME/sessions/stranger\" \"$FROGGR_HOME/sessions/$1\" 2>/dev/null; true", id)
                .ok();
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void filesOfTheUserAreNeverRemoved(Froggr frg) {
        frg.file("s/precious", "precious");
        String id = frg.mount(frg.path("s"), frg.directory("t"));
        // Somebody mounts right into the session's directory.
        if (frg.world().isPrivileged()) {
            frg.sh("mkdir \"$FROGGR_HOME/sessions/$1/data\" && mount --bind s \"$FROGGR_HOME/sessions/$1/data\"", id)
                    .ok();
        }
        frg.sh("ln -s \"$2\" \"$FROGGR_HOME/sessions/$1/link\"", id, frg.path("s"))
                .ok();
        frg.run("session", "-k", id);
        frg.sh("cat s/precious").prints("precious");
        frg.rootly(
                "umount \"$FROGGR_HOME/sessions/$1/data\" 2>/dev/null; rm -f \"$FROGGR_HOME/sessions/$1/link\"; "
                        + "rmdir \"$FROGGR_HOME/sessions/$1/data\" \"$FROGGR_HOME/sessions/$1\" 2>/dev/null; true",
                id);
    }
}
