package org.froggr.transport.pipe.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that die, are slow or write garbage, and pipes that vanish. */
class TroubleTest {
    private static final String ASK = "exec \"$FRG\" echo here";

    private static void answers(Platform platform) throws Exception {
        Script script = platform.run(ASK);
        assertEquals("here\0", script.out(), script.err() + platform.log.lines);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptCancels(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way);
                Script script = platform.start("exec \"$FRG\" wait")) {
            assertTrue(platform.verbs.waiting.await(30, TimeUnit.SECONDS));
            platform.run("kill -INT \"$1\"", Long.toString(script.pid()));
            assertEquals(130, script.status());
            assertTrue(platform.verbs.hungUp.await(30, TimeUnit.SECONDS));
            Await.until("its slot is free", () -> platform.slotFiles(".req").isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowReaderHarmsNobody(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way);
                Script slow = platform.start("\"$FRG\" binary 3000000 | sleep 600")) {
            Await.until("it has begun", () -> !platform.slotFiles(".req").isEmpty());
            for (int i = 0; i < 20; i++) {
                answers(platform);
            }
            assertTrue(slow.isAlive());
            slow.kill();
            Await.until("its slot is free", () -> platform.slotFiles(".req").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "garbage\\n", "frg 1\\n", "frg x y\\n", "frg 99999999999 1\\n", "frg 1 1\\n", "frg 1 9999\\n", "winch 1 1\\n",
        "half a line without an end", "\\000\\377\\n\\n\\n", "frg -1 -1\\n"
    })
    void garbageCostsItsOwnLineOnly(String garbage) throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            platform.run("printf \"$1\" 1<>\"$FROGGR_HOME/platform/ctl\"", garbage);
            answers(platform);
            platform.run("head -c 50000 /dev/urandom 1<>\"$FROGGR_HOME/platform/ctl\"");
            answers(platform);
        }
    }

    @Test
    void garbageIsLoggedOnceInAWhile() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            platform.run("i=0; while [ $i -lt 500 ]; do echo garbage; i=$((i+1)); done 1<>\"$FROGGR_HOME/platform/ctl\"");
            answers(platform);
            assertEquals(1, platform.log.lines.stream().filter(line -> line.contains("rejected a line")).count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "find \"$FROGGR_HOME/platform\" -type p -delete",
        "find \"$FROGGR_HOME/platform\" -type p -exec chmod 000 {} +",
        "rm -rf \"$FROGGR_HOME/platform/slots\"",
        "rm -rf \"$FROGGR_HOME/platform/slots\"; echo x >\"$FROGGR_HOME/platform/slots\"",
        "chmod 000 \"$FROGGR_HOME/platform/slots\"",
        "rm \"$FROGGR_HOME/platform/ctl\"; echo x >\"$FROGGR_HOME/platform/ctl\"",
        "rm \"$FROGGR_HOME/platform/ctl\"; mkdir \"$FROGGR_HOME/platform/ctl\"",
        "rm \"$FROGGR_HOME/platform/ctl\"; ln -s /dev/null \"$FROGGR_HOME/platform/ctl\""
    })
    void whatIsDamagedIsMended(String damage) throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH);
                Script waiting = platform.start("exec \"$FRG\" wait")) {
            assertTrue(platform.verbs.waiting.await(30, TimeUnit.SECONDS));
            platform.run(damage);
            Await.until("it is mended", () -> platform.run("[ -p \"$FROGGR_HOME/platform/ctl\" ] && exec \"$FRG\" echo").status() == 0);
            answers(platform);
            platform.verbs.goOn.countDown();
            assertEquals(7, waiting.status(), "what was in flight goes on");
            Await.until("all slots are free", () -> platform.slotFiles(".req").isEmpty());
        }
    }

    @Test
    void aRequestThatNobodyRangForIsFound() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            Script script = platform.run("cd \"$FROGGR_HOME/platform/slots\"; "
                    + "{ printf '%s\\0' frg/1 $$ - 2 echo found end >5.req; read -r word status <&9; exit $status; } 6>&1 7>&2 8<>5.reply 9<5.reply 8>&-");
            assertEquals("found\0", script.out());
        }
    }

    @Test
    void requestsOfTheDeadAreSwept() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            platform.run("cd \"$FROGGR_HOME/platform/slots\"; sleep 0 & p=$!; wait; "
                    + "printf '%s\\0' frg/1 $p - 1 echo end >7.req; printf 'frg/1' >8.back.$p");
            Await.until("they are gone", () -> platform.slotFiles("7.req").isEmpty() && platform.slotFiles(".back").isEmpty());
        }
    }

    @Test
    void aRequestInTheNameOfAnotherIsNotServed() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH);
                Script other = platform.start("exec sleep 600 6>stolen 7>&1")) {
            Script script = platform.run("cd \"$FROGGR_HOME/platform/slots\"; "
                    + "{ printf '%s\\0' frg/1 \"$1\" - 2 echo stolen end >5.req; printf '\\nfrg %s 5\\n' \"$1\" 1<>../ctl; read -r word <&9; "
                    + "echo \"$word\"; wc -c <../../work/stolen; } 8<>5.reply 9<5.reply 8>&-", Long.toString(other.pid()));
            assertEquals("no\n0\n", script.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"frg/2\\0", "frg/1\\0001\\0-\\0x\\0", "frg/1\\0001\\0-\\0000\\0novariable\\0", "\\0\\0\\0"})
    void whatCannotBeUnderstoodIsRefused(String head) throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            Script script = platform.run("cd \"$FROGGR_HOME/platform/slots\"; { printf \"$1end\\0\" >5.req; "
                    + "printf '\\nfrg %s 5\\n' $$ 1<>../ctl; read -r word <&9; echo \"$word\"; } 8<>5.reply 9<5.reply 8>&-", head);
            assertEquals("no\n", script.out());
            Await.until("its slot is free", () -> platform.slotFiles(".req").isEmpty());
        }
    }

    @Test
    void allSlotsInUse() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH);
                Script many = platform.start("i=0; while [ $i -lt 150 ]; do \"$FRG\" wait & i=$((i+1)); done; wait")) {
            Await.until("they wait", () -> platform.slotFiles(".req").size() == 150);
            answers(platform);
            many.kill();
            Await.until("all slots are free", () -> platform.slotFiles(".req").isEmpty());
        }
    }

    @Test
    void anOrderlyEndTellsWhoWaits() throws Exception {
        Platform platform = new Platform(OutputWay.FETCH);
        try (Script script = platform.start("exec \"$FRG\" wait")) {
            assertTrue(platform.verbs.waiting.await(30, TimeUnit.SECONDS));
            platform.stop();
            assertEquals(75, script.status());
            assertTrue(script.err().contains("frg: wait: TRY_AGAIN: "), script.err());
            assertFalse(platform.exists("ctl"));
            assertFalse(platform.exists("slots"));
        } finally {
            platform.close();
        }
    }

    @Test
    void aStartThatFailsLeavesNothing() throws Exception {
        try (TestHome home = new TestHome()) {
            Script.run(home.path(), "mkdir -p \"$FROGGR_HOME/platform/slots/9.reply/x\"");
            int before = Processes.descriptors(ProcessHandle.current().pid());
            for (int i = 0; i < 3; i++) {
                assertThrows(ErrnoException.class, () -> new Platform(OutputWay.FETCH, home));
            }
            assertEquals(before, Processes.descriptors(ProcessHandle.current().pid()));
            assertEquals("9.reply\n", Script.run(home.path(), "ls \"$FROGGR_HOME/platform/slots\"; rm -r \"$FROGGR_HOME/platform/slots/9.reply\"").out());
            new Platform(OutputWay.FETCH, home).close();
            assertEquals(before, Processes.descriptors(ProcessHandle.current().pid()));
        }
    }
}
