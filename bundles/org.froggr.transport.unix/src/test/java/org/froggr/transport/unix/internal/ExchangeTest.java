package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What clients that keep to the protocol get. */
class ExchangeTest extends SocketFixture {
    private RawClient.Answer ask(String... arguments) throws Exception {
        return RawClient.ask(home.socket(), Requests.of(arguments));
    }

    @Test
    void argumentsArriveByteForByte() throws Exception {
        String[] arguments = {"echo", "", "a b", "'\"$\\", "new\nline", "\u00ff\u00fe", "end", "x".repeat(120_000)};
        RawClient.Answer answer = ask(arguments);
        assertEquals(String.join("\0", arguments) + "\0", answer.text());
        assertEquals(0, answer.status());
    }

    @Test
    void theKernelTellsWhoAsks() throws Exception {
        String expected = ProcessHandle.current().pid() + " " + Path.of("").toAbsolutePath() + " dumb 0 false false";
        assertEquals(expected, ask("where").text());
    }

    @Test
    void outputIsBinaryAndOfAnySize() throws Exception {
        assertArrayEquals(TestHandler.pattern(3_000_000), ask("big", "3000000").out());
    }

    @Test
    void streamsAreApartAndTheFirstEndCounts() throws Exception {
        RawClient.Answer answer = ask("both");
        assertEquals("to out\n", answer.text());
        assertEquals("to err\n", answer.err());
        assertEquals(3, answer.status());
    }

    @Test
    void exitStatusesAreWhole() throws Exception {
        assertEquals(255, ask("exit", "255").status());
    }

    @Test
    void aHandOverIsOneLineForTheShell() throws Exception {
        RawClient.Answer answer = ask("exec", "true");
        assertEquals(FrameType.EXEC.number(), answer.last());
        assertEquals(
                "exec 12 345 u 2 " + TestHandler.SESSION + " /a\\0040b/\\0377\\0012 A=b\\0040c D=\\0303\\0251\\0012",
                new String(answer.lastPayload(), StandardCharsets.US_ASCII));
    }

    @Test
    void thereIsNoTerminal() throws Exception {
        assertEquals(69, ask("shell").status());
    }

    @Test
    void aRequestThatIsForgottenEndsWith70() throws Exception {
        assertEquals(70, ask("forget").status());
        assertEquals(70, ask("throw").status());
        assertTrue(log.has("not answered"), log.warnings::toString);
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        byte[] frame = Requests.frame(Requests.of("echo", "piecemeal"));
        try (RawClient client = new RawClient(home.socket())) {
            for (byte each : frame) {
                client.send(each);
            }
            assertEquals("echo\0piecemeal\0", client.answer().text());
        }
    }

    @Test
    void manyClientsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<RawClient.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                String number = Integer.toString(i);
                answers.add(threads.submit(() -> ask("echo", number)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals("echo\0" + i + "\0", answers.get(i).get(60, TimeUnit.SECONDS).text());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of(), log.warnings);
    }

    @Test
    void tooManyAreToldSo() throws Exception {
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CLIENTS; i++) {
                idle.add(new RawClient(home.socket()));
            }
            RawClient.Answer answer = ask("echo");
            assertEquals(75, answer.status());
            assertTrue(answer.err().startsWith("frg: LIMIT: 150 clients"), answer.err());
        } finally {
            for (RawClient each : idle) {
                each.close();
            }
        }
        Await.until("there is room again", () -> ask("echo").status() == 0);
    }

    @Test
    void closingAClientCancelsItsCommand() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
        }
        assertTrue(handler.hungUp.await(60, TimeUnit.SECONDS));
    }

    @Test
    void endOfInputCancelsToo() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
            client.endOfInput();
            assertTrue(handler.hungUp.await(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void anEndIsNoHangup() throws Exception {
        handler.released.countDown();
        assertEquals(7, ask("wait").status());
        assertEquals(0, ask("echo").status());
        assertFalse(handler.hungUp.await(50, TimeUnit.MILLISECONDS));
    }
}
