package org.froggr.shell.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.ProcStat;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.TempHome;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.Listener;
import org.froggr.spi.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private final Sessions sessions = new Sessions(Duration.ofMillis(10));
    private final FakeManager manager = new FakeManager();
    private long now;
    private final Reception reception = new Reception(exchange -> {}, sessions, Fakes.logger(), () -> now);
    private TempHome home;

    /** A transport that notes what is done with it. */
    private static final class Noted implements Transport {
        private final List<String> notes = new ArrayList<>();
        private boolean refuses;
        private boolean broken;

        @Override
        public Listener listen(PlatformHome where, ExchangeHandler handler) throws ErrnoException {
            if (refuses) {
                throw new ErrnoException(Errno.EADDRINUSE, "bind");
            }
            notes.add("listen");
            return new Listener() {
                @Override
                public boolean check() throws ErrnoException {
                    if (broken) {
                        throw new ErrnoException(Errno.EIO, "mkfifo");
                    }
                    return true;
                }

                @Override
                public void close() {
                    notes.add("close");
                }
            };
        }
    }

    @BeforeEach
    void open() throws Exception {
        home = new TempHome();
    }

    @AfterEach
    void close() throws Exception {
        home.close();
    }

    private Noted add(String name, int ranking, long id) {
        Noted transport = new Noted();
        Map<String, Object> properties =
                Map.of(Transport.NAME, name, "service.ranking", ranking, "service.id", id);
        reception.add(new Listening(transport, properties, Fakes.logger()));
        return transport;
    }

    private Path pid() {
        return home.file("pid");
    }

    @Test
    void readyWhenSessionsAreThere() throws Exception {
        add("unix", 10, 1);
        Noted pipe = add("pipe", 20, 2);
        reception.round();
        reception.home(home);
        reception.round();
        assertFalse(Files.exists(pid()));
        assertEquals(List.of(), pipe.notes);
        sessions.bindManager(manager);
        reception.round();
        long self = ProcessHandle.current().pid();
        assertEquals(self + " " + ProcStat.startTime(self) + " pipe unix\n", Files.readString(pid()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(pid())));
        assertEquals("1\n", Files.readString(home.file("heartbeat")));
    }

    @Test
    void patienceWithTheSessionManagerEnds() {
        add("pipe", 20, 2);
        reception.home(home);
        now = Duration.ofSeconds(21).toNanos();
        reception.round();
        assertTrue(Files.exists(pid()));
    }

    @Test
    void replacingTheSessionManagerChangesNothing() throws Exception {
        Noted pipe = ready();
        sessions.unbindManager(manager);
        reception.round();
        assertTrue(Files.exists(pid()));
        assertEquals(List.of("listen"), pipe.notes);
    }

    private Noted ready() {
        Noted pipe = add("pipe", 20, 2);
        reception.home(home);
        sessions.bindManager(manager);
        reception.round();
        return pipe;
    }

    @Test
    void transportsComeAndGo() throws Exception {
        ready();
        Noted late = add("late", 30, 3);
        reception.round();
        assertTrue(Files.readString(pid()).endsWith(" late pipe\n"));
        reception.remove(late);
        assertEquals(List.of("listen", "close"), late.notes);
        reception.round();
        assertTrue(Files.readString(pid()).endsWith(" pipe\n"));
    }

    @Test
    void aTransportThatCannotListenIsTriedAgain() throws Exception {
        ready();
        Noted stubborn = add("stubborn", 30, 3);
        stubborn.refuses = true;
        reception.round();
        assertTrue(Files.readString(pid()).endsWith(" pipe\n"));
        stubborn.refuses = false;
        reception.round();
        assertTrue(Files.readString(pid()).endsWith(" stubborn pipe\n"));
    }

    @Test
    void theHeartStopsWhenNoTransportCanBeReached() throws Exception {
        Noted pipe = ready();
        pipe.broken = true;
        reception.round();
        assertEquals("1\n", Files.readString(home.file("heartbeat")));
        add("unix", 10, 3);
        reception.round();
        assertEquals("2\n", Files.readString(home.file("heartbeat")));
    }

    @Test
    void removedFilesAreMadeAnew() throws Exception {
        ready();
        Files.delete(pid());
        Files.delete(home.file("heartbeat"));
        reception.round();
        assertTrue(Files.exists(pid()));
        assertEquals("2\n", Files.readString(home.file("heartbeat")));
    }

    @Test
    void anothersLineIsReplaced() throws Exception {
        ready();
        String line = Files.readString(pid());
        Files.writeString(pid(), "1 2 pipe\n");
        reception.round();
        assertEquals(line, Files.readString(pid()));
    }

    @Test
    void anotherHomeGetsTheTransports() throws Exception {
        Noted pipe = ready();
        try (TempHome other = new TempHome()) {
            reception.home(other);
            reception.leave(home, false);
            assertEquals(List.of("listen", "close"), pipe.notes);
            reception.round();
            assertEquals(List.of("listen", "close", "listen"), pipe.notes);
            assertTrue(Files.exists(other.file("pid")));
            reception.close(true);
        }
    }

    @Test
    void theEndIsSaidOnlyWhenItIsForGood() {
        Noted pipe = ready();
        reception.close(false);
        assertTrue(Files.exists(pid()), "another bundle goes on with this platform");
        reception.round();
        reception.leave(home, true);
        assertFalse(Files.exists(pid()));
        assertEquals(List.of("listen", "close", "listen", "close"), pipe.notes);
        assertEquals(List.of(), reception.working());
    }
}
