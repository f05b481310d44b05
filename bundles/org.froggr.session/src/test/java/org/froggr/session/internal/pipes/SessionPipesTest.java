package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.froggr.linux.Fd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests and their answers. */
@Timeout(60)
class SessionPipesTest extends PipesFixture {
    @Test
    void answersCarryIdStatusAndBothStreams() throws Exception {
        request("{\"id\":7,\"argv\":[\"echo\",\"a b\",\"\"]}");
        assertEquals(answer(7, 0, "echo a b ", ""), reply.next());
        request("{\"id\":\"x\",\"argv\":[\"fail\"]}");
        assertEquals(answer("x", 64, "", Map.of("code", "USAGE")), reply.next());
        request("{\"argv\":[\"context\"],\"cwd\":\"/tmp\"}");
        assertEquals(answer(null, 0, List.of("--json", id.toString(), "/tmp"), ""), reply.next());
    }

    @Test
    void anyByteOfAnArgumentComesThrough() throws Exception {
        request("{\"argv\":[\"echo\",\"raw\udcff \\udcfe \\n \u00e9\"]}");
        assertEquals("echo raw\udcff \udcfe \n \u00e9", reply.next().get("out"));
    }

    @Test
    void piecesMakeALine() throws Exception {
        String line = "{\"id\":1,\"argv\":[\"echo\",\"1\"]}\n{\"id\":2,\"argv\":[\"echo\",\"2\"]}\n";
        for (char c : line.toCharArray()) {
            request(id, String.valueOf(c));
        }
        assertEquals(1, reply.next().get("id"));
        assertEquals(2, reply.next().get("id"));
    }

    @Test
    void garbageIsRefusedAndTheNextLineWorks() throws Exception {
        for (String bad : List.of(
                "garbage", "\udc80\u0001", "{", "[]", "{\"id\":{}}", "{\"id\":1}", "{\"argv\":[]}", "{\"argv\":[1]}",
                "{\"argv\":\"echo\"}", "{\"argv\":[\"a\\u0000\"]}", "{\"argv\":[\"\\ud800\"]}",
                "{\"argv\":[\"echo\"],\"cwd\":\"here\"}", "{\"argv\":[\"echo\"],\"reply\":\"\"}")) {
            request(bad);
            Map<?, ?> event = reply.next();
            assertEquals("error", event.get("event"), bad);
            assertEquals("USAGE", event.get("code"));
        }
        request("\n\n");
        request("{\"id\":1,\"argv\":[\"echo\"]}");
        assertEquals(1, reply.next().get("id"));
    }

    @Test
    void aLineWithoutEndIsThrownAway() throws Exception {
        request("x".repeat(3 * LineBuffer.MOST_BYTES));
        assertTrue(reply.next().get("message").toString().contains("more than 65536 bytes"));
        request("{\"id\":1,\"argv\":[\"echo\"]}");
        assertEquals(1, reply.next().get("id"));
        request("{\"id\":2,\"argv\":[\"big\",\"1\"],\"pad\":\"" + "x".repeat(60_000) + "\"}");
        assertEquals(2, reply.next().get("id"));
    }

    @Test
    void whileManyWaitTheirOrderStays() throws Exception {
        request("{\"id\":-1,\"argv\":[\"wait\"]}");
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        int count = 10 * Channel.MOST_WAITING;
        Thread writer = new Thread(() -> writeMany(count));
        writer.start();
        gate.countDown();
        for (int i = -1; i < count; i++) {
            assertEquals(i, reply.next().get("id"));
        }
        writer.join();
        assertEquals(0, pipes.dropped(id));
    }

    private void writeMany(int count) {
        try {
            for (int i = 0; i < count; i++) {
                request("{\"id\":" + i + ",\"argv\":[\"echo\"],\"pad\":\"" + "x".repeat(1000) + "\"}");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void failuresOfThePlatformAreAnswered() throws Exception {
        request("{\"id\":1,\"argv\":[\"throw\"]}");
        assertEquals(answer(1, 70, "", ""), reply.next());
        request("{\"id\":2,\"argv\":[\"terminal\"]}");
        assertEquals(answer(2, 74, "", "there is no terminal at the end of a session's pipe"), reply.next());
        handler = null;
        request("{\"id\":3,\"argv\":[\"echo\"]}");
        assertEquals(69, reply.next().get("status"));
    }

    @Test
    void afterRemovalNothingIsCarriedOut() throws Exception {
        pipes.remove(id);
        pipes.remove(id);
        try (PipeReader ctl = PipeReader.both(home.path(id).resolve("ctl"))) {
            request("{\"id\":1,\"argv\":[\"echo\"]}");
            pipes.add(id, directory);
            assertEquals(1, reply.next().get("id"));
            assertEquals(0, Fd.available(ctl.descriptor()));
        }
    }

    @Test
    void pipesMadeAnewAreReadAfterAddingThemAgain() throws Exception {
        Files.delete(home.path(id).resolve("ctl"));
        assertTrue(directory.ensurePipes());
        pipes.add(id, directory);
        request("{\"id\":1,\"argv\":[\"echo\"]}");
        assertEquals(1, reply.next().get("id"));
    }

    @Test
    void closingLetsCommandsEndAndRefusesWhatWaits() throws Exception {
        request(id, "{\"id\":1,\"argv\":[\"hang\"]}\n{\"id\":2,\"argv\":[\"echo\"]}\n");
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        pipes.close();
        pipes.close();
        assertEquals(answer(2, 75, "", Map.of("code", "TRY_AGAIN", "message", "the platform stops")), reply.next());
        assertEquals(1, reply.next().get("id"));
        assertFalse(log.lines().stream().anyMatch(line -> line.startsWith("error")), log.lines().toString());
    }
}
