package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.froggr.spi.transport.Listener;
import org.junit.jupiter.api.Test;

/** The name of the socket, and what others do to it. */
class MendingTest extends SocketFixture {
    private int echo() throws IOException {
        return RawClient.ask(home.socket(), Requests.of("echo")).status();
    }

    private void assertMended() throws Exception {
        assertFalse(listener.check());
        assertTrue(listener.check());
        assertEquals(0, echo());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.socket())));
    }

    @Test
    void allIsWell() throws Exception {
        assertTrue(listener.check());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.socket())));
    }

    @Test
    void aRemovedSocketIsMadeAnew() throws Exception {
        Files.delete(home.socket());
        assertMended();
    }

    @Test
    void anUnreadableSocketIsMended() throws Exception {
        Files.setPosixFilePermissions(home.socket(), PosixFilePermissions.fromString("---------"));
        assertMended();
    }

    @Test
    void aFileInItsPlaceGivesWay() throws Exception {
        Files.delete(home.socket());
        Files.writeString(home.socket(), "a file");
        assertMended();
    }

    @Test
    void anEmptyDirectoryInItsPlaceGivesWay() throws Exception {
        Files.delete(home.socket());
        Files.createDirectory(home.socket());
        assertMended();
    }

    @Test
    void aFullDirectoryInItsPlaceIsReported() throws Exception {
        Files.delete(home.socket());
        Path inside = Files.createDirectory(home.socket()).resolve("file");
        Files.writeString(inside, "somebody's");
        assertThrows(ErrnoException.class, () -> listener.check());
        assertTrue(Files.exists(inside));
        Files.delete(inside);
        assertMended();
    }

    @Test
    void aLinkInItsPlaceGivesWay() throws Exception {
        Path elsewhere = Files.writeString(home.platform().resolve("elsewhere"), "kept");
        Files.delete(home.socket());
        Files.createSymbolicLink(home.socket(), elsewhere);
        assertMended();
        assertEquals("kept", Files.readString(elsewhere));
    }

    @Test
    void clientsInFlightDoNotNotice() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
            Files.delete(home.socket());
            assertMended();
            handler.released.countDown();
            assertEquals(7, client.answer().status());
        }
    }

    @Test
    void whatADeadPlatformLeftIsReplaced() throws Exception {
        listener.close();
        Files.writeString(home.socket(), "stale");
        Files.writeString(home.platform().resolve("sock.new"), "stale");
        listener = listener();
        assertEquals(0, echo());
        assertFalse(Files.exists(home.platform().resolve("sock.new")));
    }

    @Test
    void aReplacementTakesOverAndTheOldOneLeavesItAlone() throws Exception {
        Listener old = listener;
        listener = listener();
        old.close();
        old.close();
        assertEquals(0, echo());
        assertTrue(listener.check());
    }

    @Test
    void closingRemovesTheNameAndLetsRequestsEnd() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
            Thread closing = new Thread(() -> closeQuietly(listener));
            closing.start();
            Await.until("the name is gone", () -> !Files.exists(home.socket()));
            handler.released.countDown();
            assertEquals(7, client.answer().status());
            closing.join();
        }
    }

    @Test
    void closingCancelsWhatDoesNotEnd() throws Exception {
        try (RawClient client = new RawClient(home.socket())) {
            client.send(Requests.frame(Requests.of("wait")));
            assertTrue(handler.waiting.await(60, TimeUnit.SECONDS));
            listener.close();
            assertEquals(0, handler.hungUp.getCount());
        }
    }

    private static void closeQuietly(Listener listener) {
        try {
            listener.close();
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }
}
