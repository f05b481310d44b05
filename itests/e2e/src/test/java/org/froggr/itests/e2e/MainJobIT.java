package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.froggr.itests.harness.World.USER_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;

/** What most people do with Froggr, from end to end. */
final class MainJobIT {
    @FrgTest({ROOT, ROOT_SHARED, USER, USER_SHARED})
    void mountsShowsAndUnmounts(Froggr frg) {
        String before = frg.mountTable();
        String source = frg.file("src/hello", "hello");
        String target = frg.directory("x");
        String id = frg.mount(frg.path("src"), target);

        frg.inside(id, "cat", target + "/hello").prints("hello");
        JsonNode session = frg.session(id);
        assertEquals(target, session.path("root").asText());
        assertEquals("ACTIVE", frg.state(id));
        assertEquals(1, session.path("mounts").asInt());
        assertEquals(0, session.path("binds").asInt());
        assertTrue(Processes.isAlive(session.path("pid").asLong()), "the session's process lives");

        frg.run("unmount", target).ok().prints("");
        assertNull(frg.session(id), "the session ended with its last entry");
        assertEquals(before, frg.mountTable());
        frg.sh("test -f \"$1\" && test ! -e \"$2/hello\"", source, target).ok();
    }

    @FrgTest
    void bindsInPlaceOfWhatIsThere(Froggr frg) {
        frg.file("conf/new", "new");
        frg.file("app/old", "old");
        String id = frg.bind("-r", frg.path("conf"), frg.path("app"));
        frg.inside(id, "ls", frg.path("app")).prints("new");
        assertEquals(1, frg.session(id).path("binds").asInt());
        frg.run("session", "-k", id).ok();
        frg.sh("ls app").prints("old");
    }

    @FrgTest
    void createsAMissingTargetAndRemovesItAgain(Froggr frg) {
        frg.file("src/f", "f");
        String id = frg.mount("-c", frg.path("src"), frg.path("made"));
        frg.inside(id, "cat", frg.path("made/f")).prints("f");
        frg.run("session", "-k", id).ok();
        frg.sh("test ! -e made").ok();
    }

    @FrgTest
    void bindsAFileOverAFile(Froggr frg) {
        String id = frg.bind(frg.file("a", "new"), frg.file("b", "old"));
        frg.inside(id, "cat", frg.path("b")).prints("new");
        frg.run("session", "-k", id).ok();
        frg.sh("cat b").prints("old");
    }

    @FrgTest
    void worksInANamedPrivateSession(Froggr frg) {
        frg.file("A/only-inside", "");
        frg.directory("B", "work");
        String id = frg.run("session", "new", "--name", "dev", "--private", "--root", frg.path("work"))
                .session();
        frg.run("bind", "-s", "dev", "-r", frg.path("A"), frg.path("B")).prints(id);
        frg.run("exec", "dev", "--", "ls", frg.path("B")).ok().prints("only-inside");
        frg.sh("ls B").prints("");
        frg.run("ns", "dev").ok().shows("bind -r " + frg.path("A") + " " + frg.path("B"));
        frg.run("session", "-l").ok().shows("dev").shows("private");
        frg.run("gogo", "froggr:session -l | grep dev").ok().shows(id.substring(0, 8));
        frg.run("session", "-k", "dev").ok();
        assertNull(frg.session(id));
    }

    @FrgTest
    void purgesEverySession(Froggr frg) {
        String before = frg.mountTable();
        for (String name : new String[] {"a", "b", "c"}) {
            frg.mount(frg.directory("src"), frg.directory(name));
        }
        assertEquals(3, frg.sessions().size());
        frg.run("session", "-p").ok();
        assertEquals(0, frg.sessions().size());
        assertEquals(before, frg.mountTable());
    }

    @FrgTest
    void showsDetailsByUniquePrefix(Froggr frg) {
        String id = frg.mount(frg.directory("src"), frg.directory("x"));
        frg.run("session", id.substring(0, 6))
                .ok()
                .shows(id)
                .shows(frg.path("x"))
                .shows(frg.path("src"))
                .shows(Long.toString(frg.anchor(id)));
        JsonNode details = frg.run("session", id.substring(0, 6), "--json").ok().json();
        assertEquals(id, details.path("id").asText());
    }
}
