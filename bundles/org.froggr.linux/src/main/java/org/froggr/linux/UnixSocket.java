package org.froggr.linux;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stream sockets with a name in the file system, unix(7). An address holds 107 bytes only, so names are
 * reached through {@code /proc/self/fd} and only the last component must be that short.
 */
@ProviderType
public final class UnixSocket {
    // sys/socket.h, bits/socket.h
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int OWNER_ONLY = 0600;

    // struct sockaddr_un: family, then the path
    private static final int FAMILY_BYTES = 2;
    private static final int MAX_PATH_BYTES = 107;
    private static final int UNIQUE_NAME_BYTES = 16;

    /** {@code how} of {@link #shutdown}. */
    public static final int SHUT_RD = 0;

    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    private UnixSocket() {}

    /**
     * Who is at the other end, as it was when the connection was made (SO_PEERCRED).
     *
     * @param pid process id
     * @param uid effective user id
     * @param gid effective group id
     */
    @ProviderType
    public record Peer(long pid, long uid, long gid) {}

    /**
     * Makes a socket of mode 0600 at a name, and listens on it. It is non-blocking; the name stays when it
     * is closed.
     *
     * @throws ErrnoException EADDRINUSE if the name exists
     */
    public static int listen(int dir, BytePath name, int backlog) throws ErrnoException {
        byte[] address = address(dir, name, "bind");
        int fd = socket(Fd.O_NONBLOCK);
        try {
            // bind(2) gives the name the mode of the socket, less the umask
            Fd.chmod(fd, OWNER_ONLY);
            Libc.check(LibcSockets.bind(fd, address, address.length), "bind", name);
            Libc.check(LibcSockets.listen(fd, backlog), "listen", name);
            return fd;
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    private static int socket(int flags) throws ErrnoException {
        return Libc.check(LibcSockets.socket(AF_UNIX, SOCK_STREAM | Fd.O_CLOEXEC | flags, 0), "socket", null);
    }

    private static byte[] address(int dir, BytePath name, String call) throws ErrnoException {
        BytePath path = dir == Fd.AT_FDCWD || name.isAbsolute()
                ? name
                : BytePath.of("/proc/self/fd/" + dir).resolve(name);
        if (path.length() > MAX_PATH_BYTES) {
            throw new ErrnoException(Errno.ENAMETOOLONG.number(), call, name);
        }
        byte[] address = new byte[FAMILY_BYTES + path.length() + 1];
        Libc.struct(address).putShort(0, (short) AF_UNIX);
        System.arraycopy(path.bytes(), 0, address, FAMILY_BYTES, path.length());
        return address;
    }

    /** Waits for a connection, for ever; the new socket blocks. */
    public static int accept(int listener) throws ErrnoException {
        while (true) {
            Poll.poll(listener, Poll.IN, -1);
            OptionalInt fd = tryAccept(listener);
            if (fd.isPresent()) {
                return fd.getAsInt();
            }
        }
    }

    /** A connection that waits to be accepted, if there is one; the new socket blocks. */
    public static OptionalInt tryAccept(int listener) throws ErrnoException {
        try {
            return OptionalInt.of(
                    Libc.retry(() -> LibcSockets.accept4(listener, null, null, Fd.O_CLOEXEC), "accept4", null));
        } catch (ErrnoException e) {
            // ECONNABORTED: it waited, and its maker has gone
            if (e.is(Errno.EAGAIN) || e.is(Errno.ECONNABORTED)) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /**
     * Connects without waiting; the socket blocks afterwards.
     *
     * @throws ErrnoException EAGAIN if the listener's backlog is full, ECONNREFUSED if nobody listens
     */
    public static int connect(int dir, BytePath name) throws ErrnoException {
        byte[] address = address(dir, name, "connect");
        int fd = socket(Fd.O_NONBLOCK);
        try {
            Libc.retry(() -> LibcSockets.connect(fd, address, address.length), "connect", name);
            Fd.setNonBlocking(fd, false);
            return fd;
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    /** Two stream sockets without names that are connected to each other, socketpair(2); they block. */
    public static int[] pair() throws ErrnoException {
        int[] pair = new int[2];
        Libc.check(LibcSockets.socketpair(AF_UNIX, SOCK_STREAM | Fd.O_CLOEXEC, 0, pair), "socketpair", null);
        return pair;
    }

    /**
     * A datagram socket that is connected to itself: it receives what it sends and nothing from others (unix(7)).
     * It is non-blocking. Its name is an abstract one and means nothing to anybody.
     */
    static int loop() throws ErrnoException {
        byte[] address = new byte[FAMILY_BYTES + 1 + UNIQUE_NAME_BYTES];
        byte[] name = new byte[UNIQUE_NAME_BYTES];
        new SecureRandom().nextBytes(name);
        Libc.struct(address).putShort(0, (short) AF_UNIX);
        System.arraycopy(name, 0, address, FAMILY_BYTES + 1, name.length);
        int type = SOCK_DGRAM | Fd.O_CLOEXEC | Fd.O_NONBLOCK;
        int fd = Libc.check(LibcSockets.socket(AF_UNIX, type, 0), "socket", null);
        try {
            Libc.check(LibcSockets.bind(fd, address, address.length), "bind", null);
            Libc.check(LibcSockets.connect(fd, address, address.length), "connect", null);
            return fd;
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    /** {@link Peer} of a connected socket. */
    public static Peer peer(int fd) throws ErrnoException {
        int[] credentials = new int[3];
        int[] length = {credentials.length * Integer.BYTES};
        int result = LibcSockets.getsockopt(fd, SOL_SOCKET, SO_PEERCRED, credentials, length);
        Libc.check(result, "getsockopt", null);
        long[] ids = Arrays.stream(credentials).mapToLong(Integer::toUnsignedLong).toArray();
        return new Peer(ids[0], ids[1], ids[2]);
    }

    /** shutdown(2) of one direction or both. */
    public static void shutdown(int fd, int how) throws ErrnoException {
        Libc.check(LibcSockets.shutdown(fd, how), "shutdown", null);
    }

    /** Sends these bytes, at least one, and with the first of them a descriptor (SCM_RIGHTS). */
    public static int sendDescriptor(int socket, byte[] bytes, int descriptor) throws ErrnoException {
        try (SocketMessage message = SocketMessage.sending(bytes, descriptor)) {
            return message.send(socket);
        }
    }

    /**
     * What {@link #receiveDescriptor} got.
     *
     * @param length bytes put into the buffer; 0 when the peer has closed
     * @param descriptor the one that came with them, which the caller closes
     */
    @ProviderType
    public record Received(int length, OptionalInt descriptor) {}

    /** Receives into the buffer, with a descriptor if one was sent; it is close-on-exec. */
    public static Received receiveDescriptor(int socket, byte[] buffer) throws ErrnoException {
        try (SocketMessage message = SocketMessage.receiving(buffer.length)) {
            return message.receive(socket, buffer);
        }
    }
}
