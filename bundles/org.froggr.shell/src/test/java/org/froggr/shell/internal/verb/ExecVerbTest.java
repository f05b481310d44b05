package org.froggr.shell.internal.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.spi.transport.HandOff;
import org.junit.jupiter.api.Test;

class ExecVerbTest {
    private final Frg frg = new Frg();

    private HandOff handedOff(String... arguments) {
        RecordingExchange exchange = frg.run(arguments);
        assertEquals("", exchange.err());
        return exchange.handedOff();
    }

    @Test
    void theCommandIsTheLastArguments() {
        HandOff handOff = handedOff("exec", "dev", "--", "ls", "-l", "--json");
        assertEquals(3, handOff.operands());
        assertEquals(FakeManager.DEV, handOff.entrance().session().toString());
        assertEquals(List.of("FROGGR_SESSION=" + FakeManager.DEV), handOff.environment());
    }

    @Test
    void optionsBelongToTheCommandWithoutDashesToo() {
        assertEquals(3, handedOff("exec", "dev", "ls", "-h", "--version").operands());
        assertEquals(2, handedOff("exec", "-q", "--", "dev", "ls", "").operands());
        assertEquals(3, handedOff("exec", "dev", "ls", "--", "x").operands());
        assertEquals(1, handedOff("exec", "dev", "--", "--").operands());
    }

    @Test
    void ownFailuresAre125() {
        for (List<String> words : List.of(
                List.of("exec", "nonesuch", "ls"), List.of("exec"), List.of("exec", "dev"),
                List.of("exec", "dev", "--"),
                List.of("exec", "--nonesuch", "dev", "ls"), List.of("enter", "nonesuch"), List.of("enter"))) {
            RecordingExchange exchange = frg.run(words.toArray(String[]::new));
            assertEquals(125, exchange.status(), words.toString());
            assertNull(exchange.handedOff());
        }
        assertTrue(frg.run("exec", "nonesuch", "ls").err().startsWith("frg: exec: NO_SESSION: "));
    }

    @Test
    void enterStartsAShell() {
        assertEquals(0, handedOff("enter", "dev").operands());
        RecordingExchange exchange = frg.run(new RecordingExchange("enter").variable("FROGGR_SESSION", "dev"));
        assertEquals(0, exchange.handedOff().operands());
    }
}
