package org.froggr.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnixSocketTest {
    private static final BytePath NAME = BytePath.of(new byte[] {'s', ' ', (byte) 0xff});

    private Scratch scratch;
    private int deep;
    private int listener;

    /** The directory's path is far longer than an address can be. */
    @BeforeEach
    void listen() throws ErrnoException {
        scratch = new Scratch();
        String path = "x".repeat(200);
        scratch.directory(path);
        deep = Fd.open(scratch.path(path), Fd.O_PATH, 0);
        listener = UnixSocket.listen(deep, NAME, 1);
    }

    @AfterEach
    void close() throws ErrnoException {
        Fd.closeQuietly(deep, listener);
        scratch.close();
    }

    @Test
    void bytesGoBothWaysAndThePeerIsKnown() throws ErrnoException {
        assertEquals(0600, Stat.at(deep, NAME, false).permissions());
        assertEquals(OptionalInt.empty(), UnixSocket.tryAccept(listener));
        int client = UnixSocket.connect(deep, NAME);
        int server = UnixSocket.accept(listener);
        assertFalse(Fd.isNonBlocking(client) || Fd.isNonBlocking(server));
        Fd.writeFully(client, "ping".getBytes(UTF_8));
        UnixSocket.shutdown(client, UnixSocket.SHUT_WR);
        assertEquals("ping", new String(Fd.readFully(server, 100), UTF_8));
        UnixSocket.Peer self = new UnixSocket.Peer(ProcessHandle.current().pid(), Ids.euid(), Ids.egid());
        assertEquals(self, UnixSocket.peer(server));
        assertEquals(self, UnixSocket.peer(client));
        Fd.close(client);
        assertErrno(Errno.EPIPE, () -> Fd.writeFully(server, new byte[1]));
        Fd.close(server);
    }

    @Test
    void aDescriptorIsSentAlong() throws ErrnoException {
        int client = UnixSocket.connect(deep, NAME);
        int server = UnixSocket.accept(listener);
        int[] pipe = Fd.pipe();
        assertEquals(3, UnixSocket.sendDescriptor(client, "abc".getBytes(UTF_8), pipe[1]));
        Fd.close(pipe[1]);
        byte[] buffer = new byte[10];
        UnixSocket.Received received = UnixSocket.receiveDescriptor(server, buffer);
        assertEquals(3, received.length());
        assertEquals("abc", new String(buffer, 0, 3, UTF_8));
        int passed = received.descriptor().orElseThrow();
        Fd.writeFully(passed, "through".getBytes(UTF_8));
        Fd.close(passed);
        assertEquals("through", new String(Fd.readFully(pipe[0], 100), UTF_8));
        Fd.writeFully(client, new byte[] {1});
        assertEquals(new UnixSocket.Received(1, OptionalInt.empty()), UnixSocket.receiveDescriptor(server, buffer));
        Fd.close(client);
        assertEquals(new UnixSocket.Received(0, OptionalInt.empty()), UnixSocket.receiveDescriptor(server, buffer));
        Fd.closeQuietly(server, pipe[0]);
    }

    @Test
    void whatCannotBeReachedSaysWhy() throws ErrnoException {
        assertEquals(NAME, assertErrno(Errno.EADDRINUSE, () -> UnixSocket.listen(deep, NAME, 1)).path());
        assertErrno(Errno.ENOENT, () -> UnixSocket.connect(deep, BytePath.of("none")));
        assertErrno(Errno.ENAMETOOLONG, () -> UnixSocket.connect(deep, BytePath.of("y".repeat(108))));
        int first = UnixSocket.connect(deep, NAME);
        int second = UnixSocket.connect(deep, NAME);
        assertErrno(Errno.EAGAIN, () -> UnixSocket.connect(deep, NAME));
        Fd.closeQuietly(first, second, listener);
        listener = -1;
        assertErrno(Errno.ECONNREFUSED, () -> UnixSocket.connect(deep, NAME));
        assertTrue(Stat.at(deep, NAME, false).isSocket(), "the name stays");
    }
}
