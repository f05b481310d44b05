package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.froggr.linux.Fd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to pipes of the requester's own. */
@Timeout(60)
class OwnReplyTest extends PipesFixture {
    @Test
    void aBigAnswerGoesToAPipeOfItsOwn() throws Exception {
        Path own = fifo("own");
        int size = 3 << 20;
        request("{\"id\":1,\"argv\":[\"big\",\"" + size + "\"],\"reply\":\"own\",\"cwd\":\"" + home.parent() + "\"}");
        // The reader comes when the answer may be there already, and never says so.
        try (PipeReader reader = PipeReader.only(own)) {
            String line = new String(reader.untilEnd(), StandardCharsets.US_ASCII);
            assertTrue(line.endsWith("\",\"err\":\"\"}\n"), line.substring(line.length() - 20));
            assertEquals(size, line.chars().filter(c -> c == 'x').count());
        }
    }

    @Test
    void linesOfManySessionsForOnePipeAreNotMixed() throws Exception {
        Path own = fifo("own");
        List<UUID> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID session = UUID.randomUUID();
            sessions.add(session);
            pipes.add(session, home.store().create(session));
        }
        try (PipeReader reader = PipeReader.both(own)) {
            Fd.setPipeCapacity(reader.descriptor(), 4096);
            for (UUID session : sessions) {
                request(session, "{\"argv\":[\"big\",\"50000\"],\"reply\":\"" + own + "\"}\n");
            }
            for (int i = 0; i < sessions.size(); i++) {
                assertEquals("x".repeat(50_000), reader.next().get("out"));
            }
        }
    }

    @Test
    void whereNobodyReadsTheAnswerIsDroppedAndOthersAreServed() throws Exception {
        Path own = fifo("own");
        UUID other = UUID.randomUUID();
        pipes.add(other, home.store().create(other));
        try (PipeReader stuck = PipeReader.both(fifo("stuck"));
                PipeReader otherReply = PipeReader.both(home.path(other).resolve("reply"))) {
            request("{\"argv\":[\"echo\"],\"reply\":\"" + own + "\"}");
            request("{\"argv\":[\"big\",\"1000000\"],\"reply\":\"" + home.parent() + "/stuck\"}");
            for (int i = 0; i < 100; i++) {
                request(other, "{\"id\":" + i + ",\"argv\":[\"echo\"]}\n");
                assertEquals(i, otherReply.next().get("id"));
            }
            request("{\"id\":1,\"argv\":[\"echo\"]}");
            assertEquals(1, reply.next().get("id"));
            await(() -> pipes.dropped(id) == 2);
            assertEquals(Fd.pipeCapacity(stuck.descriptor()), Fd.available(stuck.descriptor()));
        }
    }

    @Test
    void aReaderThatDiesHarmsOnlyItself() throws Exception {
        Path own = fifo("own");
        String big = "{\"argv\":[\"big\",\"1000000\"],\"reply\":\"" + own + "\"}";
        try (PipeReader reader = PipeReader.only(own)) {
            request(big);
            await(() -> Fd.available(reader.descriptor()) > 0);
        }
        await(() -> pipes.dropped(id) == 1);
        try (PipeReader reader = PipeReader.only(own)) {
            request("{\"id\":2,\"argv\":[\"echo\"],\"reply\":\"" + own + "\"}");
            assertTrue(new String(reader.untilEnd(), StandardCharsets.US_ASCII).startsWith("{\"id\":2,"));
        }
    }

    @Test
    void anAnswerGoesOnlyToAPipeOfThisUser() throws Exception {
        Path file = Files.writeString(home.parent().resolve("file"), "precious");
        Path link = Files.createSymbolicLink(home.parent().resolve("link"), fifo("own"));
        for (Path bad : List.of(file, link, home.parent().resolve("missing"))) {
            request("{\"id\":5,\"argv\":[\"echo\"],\"reply\":\"" + bad + "\"}");
            Map<?, ?> event = reply.next();
            assertEquals("IO_ERROR", event.get("code"));
            assertEquals(5, event.get("id"));
        }
        assertEquals("precious", Files.readString(file));
        request("{\"id\":6,\"argv\":[\"big\",\"1\"],\"reply\":\"" + home.path(id).resolve("reply") + "\"}");
        assertEquals(6, reply.next().get("id"));
    }
}
