package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.DescriptorSender;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Poll;
import org.froggr.linux.UnixSocket;

/**
 * Gets what a session's process holds where the kernel forbids to take it (pidfd_getfd(2) asks as
 * ptrace(2) does, which Yama's ptrace_scope restricts to descendants): the process starts a program that inherits
 * the descriptor and sends it over a Unix socket in the session's own directory.
 */
public final class DescriptorFetch {
    private static final BytePath SOCKET = BytePath.of("device.sock");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final BytePath distribution;

    /** @param distribution absolute path of the unpacked distribution, property {@code froggr.dist} */
    public DescriptorFetch(BytePath distribution) {
        this.distribution = distribution;
    }

    /**
     * Has the descriptor sent.
     *
     * @param directory for the socket, of this user alone
     * @param path the same for the process
     * @param number {@link Anchor#FUSE} or {@link Anchor#STORE}
     * @return a descriptor that the caller closes
     * @throws ErrnoException EPROTO if another came, ETIMEDOUT if none did
     */
    public int fetch(Anchor anchor, int directory, BytePath path, int number) throws ErrnoException, InterruptedException {
        removeSocket(directory);
        try (OwnedFd listener = OwnedFd.of(UnixSocket.listen(directory, SOCKET, 1))) {
            AnchorLine.Outcome outcome = anchor.run(command(path, number), LIMIT);
            if (outcome.status() != 0) {
                throw new ErrnoException(Errno.EPROTO.number(), "sendmsg (" + outcome.said() + ")", path);
            }
            return receive(listener.number());
        } finally {
            removeSocket(directory);
        }
    }

    private List<BytePath> command(BytePath directory, int number) {
        return List.of(
                BytePath.of(System.getProperty("java.home") + "/bin/java"),
                BytePath.of("-XX:TieredStopAtLevel=1"),
                BytePath.of("-XX:+UseSerialGC"),
                BytePath.of("-cp"),
                BytePath.of(distribution.withoutTrailingSlashes() + "/bundles/*"),
                BytePath.of(DescriptorSender.class.getName()),
                directory,
                SOCKET,
                BytePath.of(Integer.toString(number)));
    }

    /** The program has ended, so its connection is there. */
    private static int receive(int listener) throws ErrnoException {
        if (Poll.poll(listener, Poll.IN, (int) LIMIT.toMillis()) == 0) {
            throw new ErrnoException(Errno.ETIMEDOUT, "accept4");
        }
        OptionalInt accepted = UnixSocket.tryAccept(listener);
        if (accepted.isEmpty()) {
            throw new ErrnoException(Errno.EPROTO, "accept4");
        }
        try (OwnedFd connection = OwnedFd.of(accepted.getAsInt())) {
            if (UnixSocket.peer(connection.number()).uid() != Ids.euid()) {
                throw new ErrnoException(Errno.EPERM, "getsockopt");
            }
            return UnixSocket.receiveDescriptor(connection.number(), new byte[1])
                    .descriptor()
                    .orElseThrow(() -> new ErrnoException(Errno.EPROTO, "recvmsg"));
        }
    }

    private static void removeSocket(int directory) throws ErrnoException {
        if (At.exists(directory, SOCKET)) {
            At.unlink(directory, SOCKET);
        }
    }
}
