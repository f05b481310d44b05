package org.froggr.shell.internal.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.Gogo;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.shell.internal.verb.GogoVerb;
import org.froggr.shell.internal.verb.ShellVerb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GogoLineTest {
    private final Frg frg = new Frg();
    private final Gogo gogo = new Gogo();

    @BeforeEach
    void bridge() {
        GogoSessions sessions = new GogoSessions(gogo.context(), Fakes.logger(), gogo.processor());
        frg.offer(() -> new GogoVerb(sessions), 90, "gogo");
        frg.offer(() -> new ShellVerb(null), 80, "shell");
        CommandBridge bridge = new CommandBridge(gogo.context(), frg.catalogue, frg.runner);
        bridge.start();
    }

    @AfterEach
    void stop() {
        gogo.close();
    }

    private RecordingExchange line(String line) {
        return frg.run("gogo", line);
    }

    @Test
    void aVerbInAPipe() {
        RecordingExchange exchange = line("froggr:session -l | grep dev");
        assertEquals("", exchange.err());
        assertEquals(0, exchange.status());
        assertEquals(1, exchange.out().lines().count());
        assertTrue(exchange.out().startsWith("3f2a0000  dev"), exchange.out());
        assertFalse(exchange.out().contains("\033"), "colours although nobody looks");
    }

    @Test
    void theScopeCanBeLeftOut() {
        assertEquals(4, line("session -l | sort").out().lines().count());
        assertEquals(frg.run("ns", "dev").out(), line("ns dev").out());
        assertEquals(frg.run("ns", "dev").out(), frg.run("gogo", "ns", "dev").out());
    }

    @Test
    void wordsKeepTheirBytes() {
        line("mount '/a b\udcff' /t");
        NamespaceRequest request = frg.manager.attached.get(0);
        assertEquals("/a b\udcff", request.source());
        assertEquals(RecordingExchange.CALLER.workingDirectory(), request.caller().workingDirectory());
    }

    @Test
    void aFailingVerbShowsItsOwnLineAndStatus() {
        RecordingExchange exchange = line("froggr:ns nonesuch");
        assertEquals("frg: ns: NO_SESSION: no session is called nonesuch; try: frg session -l\n", exchange.err());
        assertEquals(66, exchange.status());
    }

    @Test
    void whatElseFailsIs1() {
        for (String line : List.of("nonesuch", "froggr:ns (", "throw oops")) {
            RecordingExchange exchange = line(line);
            assertEquals(1, exchange.status(), line);
            assertTrue(exchange.err().startsWith("frg: gogo: LINE_FAILED: "), exchange.err());
            assertEquals(1, exchange.err().lines().count(), exchange.err());
        }
    }

    @Test
    void resultsAreShown() {
        assertEquals("3\n", line("%(1+2)").out());
        assertEquals("a b\n", line("echo a b").out());
    }

    @Test
    void theCallersSessionIsTheDefaultInsideToo() {
        frg.run(new RecordingExchange("gogo", "bind -r a b").variable("FROGGR_SESSION", "mine"));
        assertEquals("mine", frg.manager.attached.get(0).session().orElseThrow());
        line("FROGGR_SESSION = other; bind -r a b");
        assertEquals("other", frg.manager.attached.get(1).session().orElseThrow());
    }

    @Test
    void whatNeedsTheTerminalIsUnsupported() {
        RecordingExchange exchange = line("exec dev ls");
        assertEquals(125, exchange.status());
        assertTrue(exchange.err().startsWith("frg: exec: UNSUPPORTED: "), exchange.err());
    }

    @Test
    void killedSessionsInALoop() {
        assertEquals(0, line("each [3f2a 7777] { session -k $it }").status());
        assertEquals(List.of(FakeManager.DEV + " ORDERLY", FakeManager.PLAIN + " ORDERLY"), frg.manager.killed);
    }
}
