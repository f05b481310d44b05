package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.UUID;
import org.froggr.linux.Fd;
import org.froggr.linux.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fits into a session's reply, and what does not. */
@Timeout(60)
class ReplyPipeTest extends PipesFixture {
    @Test
    void eventsThatNobodyReadsAreDroppedAndCounted() throws Exception {
        Map<String, Object> event = Map.of("event", "state", "pad", "x".repeat(1000));
        int written = 0;
        while (pipes.dropped(id) == 0) {
            pipes.publish(id, event);
            written++;
        }
        pipes.publish(id, event);
        assertEquals(2, pipes.dropped(id));
        for (int i = 1; i < written; i++) {
            assertEquals(event, reply.next());
        }
        pipes.publish(id, Map.of("event", "again"));
        assertEquals(Map.of("event", "again"), reply.next());
        pipes.publish(UUID.randomUUID(), event);
        assertEquals(0, pipes.dropped(UUID.randomUUID()));
    }

    @Test
    void aLongLineIsWrittenWholeOrReplaced() throws Exception {
        request("{\"id\":1,\"argv\":[\"big\",\"60000\"]}");
        assertEquals("x".repeat(60_000), reply.next().get("out"));
        request("{\"id\":2,\"argv\":[\"big\",\"70000\"]}");
        Map<?, ?> answer = reply.next();
        assertEquals(0, answer.get("status"));
        assertNull(answer.get("out"));
        assertEquals("LIMIT", ((Map<?, ?>) answer.get("err")).get("code"));
        pipes.publish(id, Map.of("event", "in the way"));
        int inTheWay = Fd.available(reply.descriptor());
        request("{\"id\":3,\"argv\":[\"big\",\"5000\"]}");
        await(() -> Fd.available(reply.descriptor()) > inTheWay);
        assertEquals("in the way", reply.next().get("event"));
        assertNull(reply.next().get("out"));
    }

    @Test
    void pipesOfOnePageWork() throws Exception {
        assertEquals(4096, Fd.setPipeCapacity(reply.descriptor(), 4096));
        for (int size : new int[] {1, 2000, 4000}) {
            request("{\"id\":1,\"argv\":[\"big\",\"" + size + "\"]}");
            assertEquals("x".repeat(size), reply.next().get("out"));
        }
        request("{\"id\":1,\"argv\":[\"big\",\"4096\"]}");
        assertNull(reply.next().get("out"));
        request("{\"id\":1,\"argv\":[\"big\",\"5000000\"]}");
        assertEquals(74, reply.next().get("status"));
        assertEquals(0, pipes.dropped(id));
    }

    @Test
    void noDescriptorIsLeftOpen() throws Exception {
        long self = ProcessHandle.current().pid();
        request("{\"id\":0,\"argv\":[\"echo\"],\"reply\":\"" + fifo("own") + "\"}");
        await(() -> pipes.dropped(id) == 1);
        int before = Processes.descriptors(self);
        for (int i = 0; i < 50; i++) {
            UUID session = UUID.randomUUID();
            pipes.add(session, home.store().create(session));
            request(session, "{\"id\":1,\"argv\":[\"echo\"]}\n");
            pipes.publish(session, Map.of("event", "state"));
            pipes.remove(session);
        }
        await(() -> Processes.descriptors(self) == before);
    }
}
