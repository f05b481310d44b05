package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client against the real transport, in a home whose path no socket address could hold. */
class ClientProcessTest extends SocketFixture {
    @TempDir
    static Path classes;

    @TempDir
    Path work;

    @BeforeAll
    static void compile() throws Exception {
        ClientProcess.compile(classes);
    }

    @Override
    TestHome makeHome() throws Exception {
        return new TestHome("deep/" + "d".repeat(200) + "/home");
    }

    private Process start(String redirections) throws Exception {
        return ClientProcess.start(classes, home.platform(), work, redirections);
    }

    private ClientProcess.Result run(byte[] request, String redirections) throws Exception {
        Process client = start(redirections);
        ClientProcess.request(client, request);
        return ClientProcess.result(client, work);
    }

    private ClientProcess.Result run(String... arguments) throws Exception {
        return run(Requests.of(arguments), "");
    }

    @Test
    void argumentsGoThroughByteForByte() throws Exception {
        ClientProcess.Result result = run("echo", "", "\u00ff\n", "x".repeat(120_000));
        String expected = "echo\0\0\u00ff\n\0" + "x".repeat(120_000) + "\0";
        assertEquals(expected, new String(result.out(), StandardCharsets.ISO_8859_1));
        assertEquals("x 0\n", result.answer());
        assertEquals("", result.err());
    }

    @Test
    void streamsAndStatus() throws Exception {
        ClientProcess.Result result = run("both");
        assertEquals("to out\n", new String(result.out(), StandardCharsets.UTF_8));
        assertEquals("to err\n", result.err());
        assertEquals(3, result.status());
        assertEquals("x 3\n", result.answer());
    }

    @Test
    void theCallerIsWhereTheClientIs() throws Exception {
        String out = new String(run("where").out(), StandardCharsets.UTF_8);
        assertTrue(out.endsWith(" " + work.toRealPath() + " dumb 0 false false"), out);
    }

    @Test
    void binaryOutput() throws Exception {
        assertArrayEquals(TestHandler.pattern(3_000_000), run("big", "3000000").out());
    }

    @Test
    void aHandOverGoesToTheScript() throws Exception {
        ClientProcess.Result result = run("exec", "true");
        assertEquals(0, result.status());
        assertTrue(result.answer().startsWith("exec 12 345 u 2 "), result.answer());
        assertTrue(result.answer().endsWith(" D=\\0303\\0251\\0012\n"), result.answer());
    }

    @Test
    void aClosedOutputFailsTheCommandThatNeedsIt() throws Exception {
        ClientProcess.Result result = run(Requests.of("echo", "a"), "1</dev/null");
        assertEquals(74, result.status());
        assertEquals("x 74\n", result.answer());
        assertTrue(result.err().startsWith("frg: echo: IO_ERROR: standard output"), result.err());
        assertEquals(3, run(Requests.of("both"), "1</dev/null").status());
    }

    @Test
    void aReaderThatHasGoneIsNoCauseForWords() throws Exception {
        Path pipe = work.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        ClientProcess.Result result = run(Requests.of("big", "300000"), "8<>pipe >pipe 8<&-");
        assertEquals(141, result.status());
        assertEquals("x 141\n", result.answer());
        assertEquals("", result.err());
    }

    @Test
    void anEmptyRequestIsNone() throws Exception {
        ClientProcess.Result result = run(new byte[0], "");
        assertEquals(64, result.status());
        assertTrue(result.err().startsWith("frg: USAGE: "), result.err());
    }

    @Test
    void garbageIsRefusedByThePlatform() throws Exception {
        ClientProcess.Result result = run("no request".getBytes(StandardCharsets.US_ASCII), "");
        assertEquals(64, result.status());
        assertEquals("x 64\n", result.answer());
    }

    @Test
    void aDeadClientCancelsItsCommand() throws Exception {
        Process client = start("");
        ClientProcess.request(client, Requests.of("wait"));
        assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
        client.destroyForcibly();
        assertTrue(handler.hungUp.await(60, TimeUnit.SECONDS));
    }

    @Test
    void withoutAPlatformTheScriptMustSaySo() throws Exception {
        listener.close();
        ClientProcess.Result result = run("echo");
        assertEquals(69, result.status());
        assertEquals("", result.answer() + result.err());
    }

    @Test
    void aPlatformThatGoesAwayIsNotAskedTwice() throws Exception {
        Process client = start("");
        ClientProcess.request(client, Requests.of("wait"));
        assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
        listener.close();
        ClientProcess.Result result = ClientProcess.result(client, work);
        assertEquals("waiting", new String(result.out(), StandardCharsets.UTF_8));
        assertEquals(75, result.status());
        assertEquals("", result.answer() + result.err());
    }

    @Test
    void aSocketThatComesBackSoonIsFound() throws Exception {
        Files.delete(home.socket());
        Process client = start("");
        ClientProcess.request(client, Requests.of("exit", "9"));
        Await.until("the client runs", () -> Files.exists(work.resolve("answer")));
        listener.check();
        assertEquals(9, ClientProcess.result(client, work).status());
    }
}
