package org.froggr.linux;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Open files that outlive the process that opened them: they are under way in a socket (SCM_RIGHTS, unix(7)), and
 * are open as long as anybody holds that one, who can be a program that knows nothing of it, such as a shell.
 *
 * <p>Each is a message of a pass number and a name. To look for one, all messages go round: the first is copied to
 * the end and then taken away, until the first one bears the number of this pass. A kill in between leaves one twice,
 * never none. Safe from any thread; one process at a time.
 */
@ProviderType
public final class DescriptorStore implements AutoCloseable {
    private static final int PASS_BYTES = Long.BYTES;
    private static final int MOST_NAME_BYTES = 64;

    /** More descriptors under way than this user may have open (asm-generic/errno.h). */
    private static final int ETOOMANYREFS = 109;

    private final OwnedFd socket;

    private DescriptorStore(OwnedFd socket) {
        this.socket = socket;
    }

    /** An empty one. */
    public static DescriptorStore make() throws ErrnoException {
        return new DescriptorStore(OwnedFd.of(UnixSocket.loop()));
    }

    /** One that another process made. Takes over the descriptor of its socket. */
    public static DescriptorStore of(OwnedFd socket) {
        return new DescriptorStore(socket);
    }

    /** Descriptor of the socket, owned by this object. */
    public int number() {
        return socket.number();
    }

    /**
     * Puts an open file in.
     *
     * @param name of at most 64 bytes
     * @param descriptor of any kind, also with O_PATH; still the caller's
     * @throws ErrnoException EMFILE if there is no more room
     */
    public synchronized void put(String name, int descriptor) throws ErrnoException {
        remove(name);
        send(message(0, name), descriptor);
    }

    /** Another descriptor of the open file of that name, which the caller closes. */
    public synchronized Optional<OwnedFd> get(String name) throws ErrnoException {
        return goRound(name, false);
    }

    /** Takes an open file out; if there is none of that name, does nothing. */
    public synchronized void remove(String name) throws ErrnoException {
        Optional<OwnedFd> removed = goRound(name, true);
        if (removed.isPresent()) {
            removed.get().close();
        }
    }

    private Optional<OwnedFd> goRound(String wanted, boolean withoutIt) throws ErrnoException {
        long pass = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        Set<String> seen = new HashSet<>();
        OwnedFd found = null;
        for (Optional<Kept> next = peek(pass); next.isPresent(); next = peek(pass)) {
            OwnedFd file = next.get().file();
            String name = next.get().name();
            boolean isWanted = name.equals(wanted);
            if (seen.add(name) && !(isWanted && withoutIt)) {
                send(message(pass, name), file.number());
            }
            drop();
            if (isWanted && found == null) {
                found = file;
            } else {
                file.close();
            }
        }
        return Optional.ofNullable(found);
    }

    private record Kept(String name, OwnedFd file) {}

    /** The first message, if it was not put there in this pass. */
    private Optional<Kept> peek(long pass) throws ErrnoException {
        byte[] buffer = new byte[PASS_BYTES + MOST_NAME_BYTES];
        try (SocketMessage message = SocketMessage.receiving(buffer.length)) {
            UnixSocket.Received received = message.peek(socket.number(), buffer);
            OptionalInt descriptor = received.descriptor();
            if (descriptor.isEmpty()) {
                throw new ErrnoException(Errno.EPROTO, "recvmsg");
            }
            OwnedFd file = OwnedFd.of(descriptor.getAsInt());
            if (Libc.struct(buffer).getLong(0) == pass) {
                file.close();
                return Optional.empty();
            }
            byte[] name = Arrays.copyOfRange(buffer, PASS_BYTES, received.length());
            return Optional.of(new Kept(ByteText.decode(name), file));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void drop() throws ErrnoException {
        byte[] buffer = new byte[PASS_BYTES + MOST_NAME_BYTES];
        OptionalInt descriptor = UnixSocket.receiveDescriptor(socket.number(), buffer).descriptor();
        if (descriptor.isPresent()) {
            Fd.close(descriptor.getAsInt());
        }
    }

    private static byte[] message(long pass, String name) {
        byte[] text = ByteText.encode(name);
        if (text.length > MOST_NAME_BYTES) {
            throw new IllegalArgumentException("too long: " + name);
        }
        byte[] message = new byte[PASS_BYTES + text.length];
        Libc.struct(message).putLong(0, pass);
        System.arraycopy(text, 0, message, PASS_BYTES, text.length);
        return message;
    }

    private void send(byte[] message, int descriptor) throws ErrnoException {
        try {
            UnixSocket.sendDescriptor(socket.number(), message, descriptor);
        } catch (ErrnoException e) {
            boolean full = e.is(Errno.EAGAIN) || e.number() == ETOOMANYREFS;
            throw full ? new ErrnoException(Errno.EMFILE, "sendmsg") : e;
        }
    }

    @Override
    public void close() throws ErrnoException {
        socket.close();
    }
}
