package org.froggr.linux;

import com.sun.jna.Memory;
import java.util.OptionalInt;
import org.froggr.api.ErrnoException;

/**
 * One struct msghdr of sys/socket.h with room for one descriptor, laid out in native memory as on 64-bit
 * machines: the header, the iovec, the control message, the bytes.
 */
final class SocketMessage implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_PEEK = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    // struct msghdr
    private static final int IOV = 16;
    private static final int IOV_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int HEADER_BYTES = 56;

    // struct iovec, behind the header
    private static final int IOVEC = HEADER_BYTES;
    private static final int IOVEC_BYTES = 16;

    // struct cmsghdr, cmsg(3): CMSG_LEN(4) is 20, CMSG_SPACE(4) is 24
    private static final int CMSG = IOVEC + IOVEC_BYTES;
    private static final int CMSG_LEVEL = CMSG + 8;
    private static final int CMSG_TYPE = CMSG + 12;
    private static final int CMSG_DATA = CMSG + 16;
    private static final int CMSG_LENGTH = 20;
    private static final int CMSG_SPACE = 24;

    private static final int DATA = CMSG + CMSG_SPACE;

    private final Memory memory;

    private SocketMessage(int dataBytes) {
        memory = new Memory(DATA + Math.max(1, dataBytes));
        memory.clear();
        memory.setPointer(IOV, memory.share(IOVEC));
        memory.setLong(IOV_LENGTH, 1);
        memory.setPointer(CONTROL, memory.share(CMSG));
        memory.setLong(CONTROL_LENGTH, CMSG_SPACE);
        memory.setPointer(IOVEC, memory.share(DATA));
        memory.setLong(IOVEC + 8, dataBytes);
    }

    static SocketMessage sending(byte[] bytes, int descriptor) {
        SocketMessage message = new SocketMessage(bytes.length);
        message.memory.write(DATA, bytes, 0, bytes.length);
        message.memory.setLong(CMSG, CMSG_LENGTH);
        message.memory.setInt(CMSG_LEVEL, SOL_SOCKET);
        message.memory.setInt(CMSG_TYPE, SCM_RIGHTS);
        message.memory.setInt(CMSG_DATA, descriptor);
        return message;
    }

    static SocketMessage receiving(int bytes) {
        return new SocketMessage(bytes);
    }

    /** Returns how many bytes were sent. */
    int send(int socket) throws ErrnoException {
        return (int) Libc.retryLong(() -> LibcSockets.sendmsg(socket, memory, MSG_NOSIGNAL), "sendmsg");
    }

    UnixSocket.Received receive(int socket, byte[] buffer) throws ErrnoException {
        return receive(socket, buffer, MSG_CMSG_CLOEXEC);
    }

    /** The same, and it stays in the queue: the descriptor is another one of the same open file. */
    UnixSocket.Received peek(int socket, byte[] buffer) throws ErrnoException {
        return receive(socket, buffer, MSG_CMSG_CLOEXEC | MSG_PEEK);
    }

    private UnixSocket.Received receive(int socket, byte[] buffer, int flags) throws ErrnoException {
        int length = (int) Libc.retryLong(() -> LibcSockets.recvmsg(socket, memory, flags), "recvmsg");
        memory.read(DATA, buffer, 0, length);
        return new UnixSocket.Received(length, descriptor());
    }

    private OptionalInt descriptor() {
        boolean rights = memory.getLong(CONTROL_LENGTH) >= CMSG_LENGTH
                && memory.getInt(CMSG_LEVEL) == SOL_SOCKET
                && memory.getInt(CMSG_TYPE) == SCM_RIGHTS;
        return rights ? OptionalInt.of(memory.getInt(CMSG_DATA)) : OptionalInt.empty();
    }

    @Override
    public void close() {
        memory.close();
    }
}
