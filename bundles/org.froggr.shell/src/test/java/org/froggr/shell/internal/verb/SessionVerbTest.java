package org.froggr.shell.internal.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.junit.jupiter.api.Test;

class SessionVerbTest {
    private final Frg frg = new Frg();

    private RecordingExchange good(String... arguments) {
        RecordingExchange exchange = frg.run(arguments);
        assertEquals(0, exchange.status(), exchange.err());
        return exchange;
    }

    @Test
    void theListIsATableOfAllColumns() {
        List<String> lines = good("session", "-l").out().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).matches("ID +NAME +PID +ROOT +STATE +MODE +MOUNTS +BINDS +AGE"), lines.get(0));
        assertTrue(lines.get(1).matches("3f2a0000 +dev +1234 +/mnt/x +active +shared +1 +2 +\\d+d"), lines.get(1));
        assertTrue(lines.get(3).contains("$'/srv/\\033[31mred'"), lines.get(3));
        assertEquals(good("session", "--list").out(), good("session").out());
    }

    @Test
    void onATerminalTheTableFits() {
        String table = frg.run(new RecordingExchange("session", "-l").terminal(72).variable("NO_COLOR", "1")).out();
        assertTrue(table.lines().allMatch(line -> line.length() <= 72), table);
        assertFalse(table.contains("\033"), "escape sequences from a path or of our own");
        assertTrue(frg.run(new RecordingExchange("session", "-l").terminal(200)).out().contains("\033[32mactive"));
    }

    @Test
    void theListAsJson() {
        String json = good("session", "-l", "--json").out();
        String first = "[{\"id\":\"" + FakeManager.DEV + "\",\"name\":\"dev\",\"pid\":1234,\"root\":\"/mnt/x\","
                + "\"created\":\"2026-01-01T00:00:00Z\",\"state\":\"active\",\"mode\":\"shared\","
                + "\"mounts\":1,\"binds\":2";
        assertTrue(json.startsWith(first), json);
        assertTrue(json.chars().allMatch(c -> c < 0x80), json);
    }

    @Test
    void detailsOfOne() {
        String text = good("session", "3f2a").out();
        for (String part : List.of(FakeManager.DEV, "Process", "Mounts", "Binds", "'/a b'", "2 of 1024", "2.0 KiB",
                "not healthy", "one is gone", "Incidents", "process died", "History", "/src /mnt/x")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        String json = good("session", "dev", "--json").out();
        assertTrue(json.contains("\"resources\":[{\"name\":\"memory\",\"used\":2048"), json);
    }

    @Test
    void theSessionOfTheCallerIsTheDefault() {
        RecordingExchange exchange = new RecordingExchange("session").variable("FROGGR_SESSION", "dev");
        assertTrue(frg.run(exchange).out().startsWith("Session " + FakeManager.DEV));
    }

    @Test
    void anUnknownSessionIs66() {
        RecordingExchange exchange = frg.run("session", "nonesuch");
        assertEquals(66, exchange.status());
        assertEquals("frg: session: NO_SESSION: no session is called nonesuch; try: frg session -l\n", exchange.err());
    }

    @Test
    void killEchoesFullIds() {
        String out = good("session", "-k", "3f2a", "7777", "dev").out();
        assertEquals(FakeManager.DEV + "\n" + FakeManager.PLAIN + "\n", out);
        assertEquals(List.of(FakeManager.DEV + " ORDERLY", FakeManager.PLAIN + " ORDERLY"), frg.manager.killed);
    }

    @Test
    void nothingIsKilledIfOneIsUnknown() {
        assertEquals(66, frg.run("session", "-k", "dev", "nonesuch").status());
        assertEquals(List.of(), frg.manager.killed);
    }

    @Test
    void aBusySessionIs75AndTheOthersAreStillEnded() {
        RecordingExchange exchange = frg.run("session", "-k", "busy", "dev");
        assertEquals(75, exchange.status());
        assertEquals(FakeManager.DEV + "\n", exchange.out());
        assertEquals("frg: session: BUSY: session " + FakeManager.BUSY + " is in use; try: --lazy\n", exchange.err());
        assertEquals(FakeManager.BUSY + "\n", good("session", "-k", "--lazy", "busy").out());
    }

    @Test
    void purgeEndsAll() {
        assertEquals(75, frg.run("session", "-p").status());
        assertEquals(3, good("session", "-p", "--force").out().lines().count());
    }

    @Test
    void contradictionsAreUsageErrors() {
        for (List<String> words : List.of(
                List.of("session", "-l", "-k"), List.of("session", "-k"), List.of("session", "-l", "dev"),
                List.of("session", "-p", "dev"), List.of("session", "--lazy"), List.of("session", "a", "b"),
                List.of("session", "-k", "new"), List.of("session", "-kp"))) {
            RecordingExchange exchange = frg.run(words.toArray(String[]::new));
            assertEquals(64, exchange.status(), words.toString());
            assertTrue(exchange.err().startsWith("frg: session: USAGE: "), exchange.err());
        }
        assertEquals(List.of(), frg.manager.killed);
        assertEquals(List.of(), frg.manager.created);
    }

    @Test
    void aNewSession() {
        assertEquals(FakeManager.DEV + "\n",
                good("session", "new", "--name", "dev", "--private", "--root", "~w", "--recovery", "cleanup").out());
        SessionRequest request = frg.manager.created.get(0);
        assertEquals(Optional.of("dev"), request.name());
        assertEquals(Optional.of(BytePath.of("~w")), request.root());
        assertEquals(SessionMode.PRIVATE, request.mode());
        assertEquals(Optional.of("cleanup"), request.recovery());
        assertEquals(RecordingExchange.CALLER, request.caller());
        assertTrue(good("session", "new", "--json").out().startsWith("{\"id\":"));
        assertTrue(good("--json", "session", "new").out().startsWith("{\"id\":"));
        assertEquals(SessionMode.SHARED, frg.manager.created.get(1).mode());
        assertEquals(64, frg.run("session", "new", "--nonesuch").status());
    }

    @Test
    void theNamespaceIsPrintedByteForByte() {
        assertEquals("frg mount /src /mnt/x\nfrg bind -r '/a b' \udcff\n", good("ns", "dev").out());
        String json = good("ns", "dev", "--json").out();
        assertTrue(json.contains("\"lines\":[\"frg mount /src /mnt/x\",\"frg bind -r '/a b' \\uDCFF\"]"), json);
        assertEquals(64, frg.run("ns").status());
        assertEquals(0, frg.run(new RecordingExchange("ns").variable("FROGGR_SESSION", "dev")).status());
    }

    @Test
    void withoutAManagerItIsUnavailable() {
        frg.sessions.unbindManager(frg.manager);
        RecordingExchange exchange = frg.run("session", "-l");
        assertEquals(69, exchange.status());
        assertTrue(exchange.err().startsWith("frg: session: UNAVAILABLE: no session manager"), exchange.err());
    }
}
