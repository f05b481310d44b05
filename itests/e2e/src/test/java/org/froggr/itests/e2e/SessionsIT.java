package org.froggr.itests.e2e;

import static org.froggr.api.Fault.NAME_TAKEN;
import static org.froggr.api.Fault.NO_SESSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;

/** Sessions are made, found, named and ended. */
final class SessionsIT {
    @FrgTest
    void unknownOnesAreNamedWithTheNearest(Froggr frg) {
        String id = create(frg);
        String unknown = (id.charAt(0) == 'f' ? 'e' : 'f') + id.substring(1);
        frg.refuses(NO_SESSION, "session", unknown).says(unknown).says(id.substring(0, 8));
        frg.refuses(NO_SESSION, "session", "-k", "nosuch");
        frg.refuses(NO_SESSION, "ns", "nosuch");
        frg.run("exec", "nosuch", "--", "true").status(125).says("NO_SESSION");
    }

    @FrgTest
    void ambiguousPrefixesAreRefusedWithTheCandidates(Froggr frg) {
        List<String> ids = new ArrayList<>();
        // Seventeen ids cannot all begin with a hex digit of their own.
        while (ids.stream().map(id -> id.charAt(0)).distinct().count() == ids.size()) {
            ids.add(create(frg));
        }
        String newest = ids.get(ids.size() - 1);
        Result refused = frg.refuses(Fault.AMBIGUOUS, "session", "-k", newest.substring(0, 1));
        for (String id : ids) {
            boolean candidate = id.charAt(0) == newest.charAt(0);
            refused.require(!candidate || refused.err().contains(id.substring(0, 8)), "the candidate " + id);
        }
        assertEquals(ids.size(), frg.sessions().size());
    }

    @FrgTest
    void destructiveVerbsEchoTheFullId(Froggr frg) {
        String id = create(frg);
        Result killed = frg.run("session", "-k", id.substring(0, 8)).ok();
        killed.require((killed.out() + killed.err()).contains(id), "the full id");
        assertNull(frg.session(id));
    }

    @FrgTest
    void oneRootHasOneSession(Froggr frg) {
        String source = frg.directory("s");
        String first = frg.mount(source, frg.directory("t"));
        assertEquals(first, frg.bind("-r", frg.directory("other"), frg.path("t")));
        assertNotEquals(first, frg.mount(source, frg.directory("u")));
    }

    @FrgTest
    void aSessionOfItsOwnStaysWithoutEntries(Froggr frg) {
        String id = create(frg, "--name", "kept");
        frg.run("mount", "-s", "kept", frg.directory("s"), frg.directory("t")).prints(id);
        frg.run("unmount", frg.path("t")).ok();
        assertEquals(0, frg.session(id).path("mounts").asInt());
        frg.refuses(NAME_TAKEN, "session", "new", "--name", "kept");
        frg.run("session", "-k", "kept").ok();
    }

    @FrgTest
    void theListTellsWhatItMust(Froggr frg) {
        String id = create(frg, "--name", "dev");
        Result table = frg.run("session", "-l").ok();
        for (String column : new String[] {"id", "name", "pid", "root", "state", "mode", "mounts", "binds", "age"}) {
            table.require(table.lines().get(0).toLowerCase().contains(column), "a column " + column);
        }
        table.require(table.lines().size() == 2, "one line for each session");
        JsonNode session = frg.session(id);
        for (String field : new String[] {"id", "name", "pid", "root", "created", "state", "mode", "mounts", "binds"}) {
            assertTrue(session.has(field), field);
        }
        assertEquals("dev", session.path("name").asText());
        String title = Processes.command(session.path("pid").asLong());
        assertTrue(title.toLowerCase().contains("froggr") && title.contains(id), "ps shows: " + title);
    }

    @FrgTest
    void tablesAreNeverCutWhereThereIsNoTerminal(Froggr frg) {
        String root = frg.directory("d".repeat(200) + "/" + "e".repeat(200));
        String id = create(frg, "--root", root);
        frg.run("session", "-l").ok().shows(root).shows(id.substring(0, 8));
    }

    @FrgTest
    void detailsShowHistoryAndHealthAndResources(Froggr frg) {
        String id = create(frg);
        frg.run("mount", "-s", id, frg.directory("s"), frg.directory("t")).ok();
        Result details = frg.run("session", id).ok().shows(frg.path("t")).shows("mount");
        String text = details.out().toLowerCase();
        for (String part : new String[] {"health", "history", "processes", "memory", "descriptors"}) {
            details.require(text.contains(part), part);
        }
    }

    @FrgTest
    void aRootThatIsMissing(Froggr frg) {
        frg.refuses(Fault.SOURCE_MISSING, "session", "new", "--root", frg.path("none"))
                .naming(frg.path("none"));
    }

    private static String create(Froggr frg, String... options) {
        List<String> words = new ArrayList<>(List.of("session", "new"));
        if (!frg.world().isPrivileged()) {
            words.add("--private");
        }
        words.addAll(List.of(options));
        return frg.run(words.toArray(String[]::new)).session();
    }
}
