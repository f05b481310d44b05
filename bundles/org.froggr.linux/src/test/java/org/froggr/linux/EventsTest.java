package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Poll}, {@link Epoll} and {@link EventFd}. */
class EventsTest {
    private int[] pipe;
    private Epoll epoll;
    private final Epoll.Events events = new Epoll.Events(4);

    @BeforeEach
    void open() throws ErrnoException {
        pipe = Fd.pipe();
        epoll = Epoll.open();
    }

    @AfterEach
    void close() throws ErrnoException {
        Fd.closeQuietly(pipe);
        epoll.close();
    }

    @Test
    void pollSaysWhatIsSo() throws ErrnoException {
        assertArrayEquals(new int[] {0, Poll.OUT}, Poll.poll(pipe, new int[] {Poll.IN, Poll.OUT}, 0));
        Fd.writeFully(pipe[1], new byte[1]);
        assertEquals(Poll.IN, Poll.poll(pipe[0], Poll.IN, -1));
        assertEquals(0, Poll.poll(new int[] {-1}, new int[] {Poll.IN}, 0)[0]);
        assertEquals(Poll.NVAL, Poll.poll(100_000, Poll.IN, 0));
    }

    @Test
    void pollNoticesAClosedEnd() throws ErrnoException {
        Fd.close(pipe[0]);
        assertTrue((Poll.poll(pipe[1], 0, -1) & Poll.ERR) != 0);
        pipe[0] = -1;
    }

    @Test
    void pollKeepsItsTime() throws ErrnoException {
        long start = System.nanoTime();
        assertEquals(0, Poll.poll(pipe[0], Poll.IN, 30));
        assertTrue(System.nanoTime() - start >= 30_000_000);
    }

    @Test
    void epollGivesBackTheNumber() throws ErrnoException {
        long data = 0xfedcba9876543210L;
        epoll.add(pipe[0], Epoll.IN, data);
        epoll.add(pipe[1], Epoll.OUT | Epoll.ET, 2);
        Fd.writeFully(pipe[1], new byte[1]);
        assertEquals(2, epoll.await(events, -1));
        assertEquals(Set.of(data, 2L), Set.of(events.data(0), events.data(1)));
        assertEquals(1, epoll.await(events, 0), "edge-triggered: told once");
        assertEquals(data, events.data(0));
        assertEquals(Epoll.IN, events.events(0));
        assertErrno(Errno.EEXIST, () -> epoll.add(pipe[0], Epoll.IN, 1));
        epoll.remove(pipe[0]);
        assertEquals(0, epoll.await(events, 0));
    }

    @Test
    void oneShotIsArmedAgain() throws ErrnoException {
        epoll.add(pipe[0], Epoll.IN | Epoll.ONESHOT, 1);
        Fd.writeFully(pipe[1], new byte[1]);
        assertEquals(1, epoll.await(events, 0));
        assertEquals(0, epoll.await(events, 0));
        epoll.modify(pipe[0], Epoll.IN | Epoll.ONESHOT, 3);
        assertEquals(1, epoll.await(events, 0));
        assertEquals(3, events.data(0));
    }

    @Test
    void moreEventsThanRoomComeLater() throws ErrnoException {
        Epoll.Events one = new Epoll.Events(1);
        try (EventFd a = EventFd.open();
                EventFd b = EventFd.open()) {
            epoll.add(a.fd(), Epoll.IN, 1);
            epoll.add(b.fd(), Epoll.IN, 2);
            a.signal();
            b.signal();
            assertEquals(1, epoll.await(one, 0));
            long first = one.data(0);
            assertEquals(1, epoll.await(one, 0));
            assertEquals(3, first + one.data(0));
        }
    }

    @Test
    void aSignalWakesAWaitingThread() throws Exception {
        try (EventFd wake = EventFd.open()) {
            epoll.add(wake.fd(), Epoll.IN, 7);
            Thread waiter = new Thread(() -> wait(epoll, events));
            waiter.start();
            wake.signal();
            waiter.join();
            assertEquals(7, events.data(0));
            assertTrue(wake.drain());
            assertFalse(wake.drain());
            wake.signal();
            wake.signal();
            assertTrue(wake.drain());
            assertEquals(0, epoll.await(events, 0));
        }
    }

    private static void wait(Epoll epoll, Epoll.Events events) {
        try {
            epoll.await(events, -1);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theMountTableCanBeWatched() throws ErrnoException {
        PrivateMounts.run(scratch -> {
            try (OwnedFd table = OwnedFd.of(Fd.open(MountInfo.THREAD_SELF, Fd.O_RDONLY, 0))) {
                epoll.add(table.number(), Epoll.PRI | Epoll.ERR, 1);
                assertEquals(0, epoll.await(events, 0));
                PrivateMounts.tmpfs(scratch, "t");
                assertEquals(1, epoll.await(events, -1));
                assertTrue((events.events(0) & (Epoll.PRI | Epoll.ERR)) != 0);
                Mounts.umount(scratch.path("t"), 0);
            }
        });
    }
}
