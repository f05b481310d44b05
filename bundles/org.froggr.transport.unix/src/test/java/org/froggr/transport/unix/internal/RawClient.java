package org.froggr.transport.unix.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that sends what it is told to, frame or not. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    RawClient send(byte... bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    void endOfInput() throws IOException {
        channel.shutdownOutput();
    }

    record Frame(int type, byte[] payload) {}

    Frame next() throws IOException {
        ByteBuffer header = read(FrameType.HEADER_BYTES);
        int length = header.getInt();
        return new Frame(header.get(), read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    /** What the platform answered. */
    record Answer(byte[] out, String err, int last, byte[] lastPayload) {
        int status() {
            return last == FrameType.EXIT.number() ? lastPayload[0] & 0xff : -1;
        }

        String text() {
            return new String(out, StandardCharsets.ISO_8859_1);
        }
    }

    Answer answer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        while (true) {
            Frame frame = next();
            if (frame.type == FrameType.OUT.number()) {
                out.writeBytes(frame.payload);
            } else if (frame.type == FrameType.ERR.number()) {
                err.writeBytes(frame.payload);
            } else if (frame.type != FrameType.TAKEN.number()) {
                return new Answer(out.toByteArray(), err.toString(StandardCharsets.UTF_8), frame.type, frame.payload);
            }
        }
    }

    static Answer ask(Path socket, byte[] request) throws IOException {
        try (RawClient client = new RawClient(socket)) {
            return client.send(Requests.frame(request)).answer();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
