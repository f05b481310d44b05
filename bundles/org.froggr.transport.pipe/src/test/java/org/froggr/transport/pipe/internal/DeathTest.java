package org.froggr.transport.pipe.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The platform is killed while a client waits. */
class DeathTest {
    @Test
    void theClientIsToldAndTheSuccessorServesInTheSamePlace() throws Exception {
        try (TestHome home = new TestHome();
                DoomedPlatform doomed = DoomedPlatform.start(home);
                Script script = Script.start(home.path(), "exec \"$FRG\" wait")) {
            doomed.awaitRequest();
            doomed.kill();
            assertEquals(75, script.status());
            assertTrue(script.err().contains("TRY_AGAIN"), script.err());
            assertTrue(script.err().contains("try: "), script.err());
            try (Platform successor = new Platform(OutputWay.FETCH, home)) {
                Await.until("what was left is swept", () -> successor.slotFiles(".req").isEmpty());
                for (int i = 0; i < Slots.BASE + 1; i++) {
                    assertEquals("here\0", successor.run("exec \"$FRG\" echo here").out());
                }
            }
        }
    }

    @Test
    void theSuccessorOfAStoppedOneAnswersItsClients() throws Exception {
        try (TestHome home = new TestHome();
                DoomedPlatform doomed = DoomedPlatform.start(home);
                Script taken = Script.start(home.path(), "exec \"$FRG\" wait")) {
            doomed.awaitRequest();
            doomed.stop();
            // Not through the launcher, which waits for a platform that is stopped.
            try (Script fresh = Script.start(home.path(), "cd \"$FROGGR_HOME/platform/slots\"; printf '%s\\0' frg/1 $$ - 2 echo found end "
                    + "6>&1 >5.req; { echo claimed >&7; read -r word status <&9; exit $status; } 6>&1 7>&2 8<>5.reply 9<5.reply 8>&-")) {
                Await.until("it waits", () -> fresh.err().equals("claimed\n"));
                try (Platform successor = new Platform(OutputWay.FETCH, home)) {
                    assertEquals("found\0", fresh.outAtTheEnd());
                    doomed.kill();
                    assertEquals(75, taken.status());
                    Await.until("all slots are free", () -> successor.slotFiles(".req").isEmpty());
                }
            }
        }
    }
}
