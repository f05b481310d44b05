package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.froggr.spi.transport.ClientRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients that do not keep to the protocol do to themselves, and not to others. */
class BadPeerTest extends SocketFixture {
    private static final int TOO_LONG = ClientRequest.MAX_BYTES + 1;

    @AfterEach
    void othersAreServed() throws Exception {
        assertEquals(0, RawClient.ask(home.socket(), Requests.of("echo")).status());
    }

    private void assertRefused(byte[] bytes, String why) throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            RawClient.Answer answer = client.send(bytes).answer();
            assertEquals(64, answer.status());
            assertTrue(answer.err().startsWith("frg: USAGE: ") && answer.err().contains(why), answer.err());
        }
        assertTrue(log.has(why), log.warnings::toString);
    }

    @Test
    void aFrameOfAnotherTypeIsRefused() throws Exception {
        assertRefused(Requests.header(3, 9), "a frame of type 9");
        assertRefused("GET / HTTP/1.0\r\n\r\n".getBytes("US-ASCII"), "a frame of type 47");
    }

    @Test
    void anOversizedFrameIsRefusedBeforeItComes() throws Exception {
        assertRefused(Requests.header(TOO_LONG, 1), "bytes, over 4194304");
        assertRefused(Requests.header(-1, 1), "4294967295 bytes");
    }

    @Test
    void aFrameThatHoldsNoRequestIsRefused() throws Exception {
        assertRefused(Requests.frame(new byte[0]), "ends too early");
        assertRefused(Requests.frame("frg/1\0001\0-\0000\000end".getBytes("US-ASCII")), "ends too early");
        assertRefused(Requests.frame(new byte[100]), "another version");
    }

    @Test
    void theLargestFrameIsRead() throws Exception {
        String argument = "x".repeat(ClientRequest.MAX_BYTES - Requests.of("exit", "5", "").length);
        byte[] request = Requests.of("exit", "5", argument);
        assertEquals(ClientRequest.MAX_BYTES, request.length);
        assertEquals(5, RawClient.ask(home.socket(), request).status());
    }

    @Test
    void garbageOfAnyKindHarmsNobody() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < MAX_CLIENTS / 2; i++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            try (RawClient client = new RawClient(home.socket())) {
                client.send(bytes);
            }
        }
        assertEquals(0, RawClient.ask(home.socket(), Requests.of("echo")).status());
    }

    @Test
    void aPartOfAFrameIsLoggedAndDropped() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send((byte) 0, (byte) 0, (byte) 0);
        }
        Await.until("it is logged", () -> log.has("in the middle of its request"));
    }

    @Test
    void whoOnlyKnocksIsNotLogged() throws Exception {
        new RawClient(home.socket()).close();
        assertEquals(0, RawClient.ask(home.socket(), Requests.of("echo")).status());
        assertEquals(List.of(), log.warnings);
    }

    @Test
    void whoNeverFinishesIsSentAway() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            RawClient.Answer answer = client.send((byte) 0).answer();
            assertEquals(64, answer.status());
            assertTrue(answer.err().contains("in time"), answer.err());
        }
    }

    @Test
    void deadClientsLeaveNothingBehind() throws Exception {
        byte[] request = Requests.frame(Requests.of("big", "1000000"));
        for (int i = 0; i < 2 * MAX_CLIENTS; i++) {
            try (RawClient client = new RawClient(home.socket())) {
                assertEquals(FrameType.TAKEN.number(), client.send(request).next().type());
            }
        }
        assertEquals(0, RawClient.ask(home.socket(), Requests.of("echo")).status());
        assertTrue(handler.writeFailed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void slowReadersHoldUpNobodyAndAreReleasedByTheirDeath() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(new RawClient(home.socket()).send(Requests.frame(Requests.of("big", "3000000"))));
        }
        assertEquals(0, RawClient.ask(home.socket(), Requests.of("echo")).status());
        assertFalse(handler.writeFailed.await(50, TimeUnit.MILLISECONDS));
        for (RawClient each : slow.subList(1, slow.size())) {
            each.close();
        }
        assertTrue(handler.writeFailed.await(60, TimeUnit.SECONDS));
        assertEquals(3_000_000, slow.get(0).answer().out().length);
        slow.get(0).close();
    }

    @Test
    void moreThanTheRequestIsIgnored() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait"))).send(Requests.frame(Requests.of("exit", "1")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
            handler.released.countDown();
            assertEquals(7, client.answer().status());
        }
    }
}
