package org.froggr.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Frames from the platform, one after the other, as {@code docs/protocol.md} lays them out. */
final class SocketFrames {
    static final byte REQUEST = 1;
    static final byte TAKEN = 2;
    static final byte OUT = 3;
    static final byte ERR = 4;
    static final byte EXIT = 5;
    static final byte EXEC = 6;

    /** Four bytes of length, big-endian, and one of type. */
    static final int HEADER_BYTES = 5;

    private static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    private final ReadableByteChannel channel;
    private byte type;
    private byte[] payload = {};

    SocketFrames(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads the next frame.
     *
     * @throws EOFException if the platform has closed
     * @throws SocketFailure if what comes is no frame
     */
    void next() throws IOException, SocketFailure {
        ByteBuffer header = fill(ByteBuffer.allocate(HEADER_BYTES));
        int length = header.getInt();
        type = header.get();
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw SocketFailure.otherVersion("a frame of " + Integer.toUnsignedLong(length) + " bytes");
        }
        payload = fill(ByteBuffer.allocate(length)).array();
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("end of the connection");
            }
        }
        return buffer.flip();
    }

    byte type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }
}
