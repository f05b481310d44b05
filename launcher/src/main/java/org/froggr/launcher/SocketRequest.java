package org.froggr.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The request as the script made it: fields that each end with NUL. Only its length is judged here. */
final class SocketRequest {
    /** As much as the platform takes, in bytes. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Version, pid, terminals, number of arguments. */
    private static final int FIELDS_BEFORE_ARGUMENTS = 4;

    private final byte[] bytes;

    private SocketRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads it to the end of the file. */
    static SocketRequest read(InputStream in) throws SocketFailure {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length == 0) {
                throw SocketFailure.usage("there is no request on standard input");
            }
            if (bytes.length > MAX_BYTES) {
                throw SocketFailure.usage("the arguments are longer than " + MAX_BYTES + " bytes");
            }
            return new SocketRequest(bytes);
        } catch (IOException e) {
            throw SocketFailure.usage("the request on standard input cannot be read: " + e.getMessage());
        }
    }

    /** The frame that carries it. */
    ByteBuffer frame() {
        ByteBuffer frame = ByteBuffer.allocate(SocketFrames.HEADER_BYTES + bytes.length);
        return frame.putInt(bytes.length).put(SocketFrames.REQUEST).put(bytes).flip();
    }

    /** The first argument if it is plain text, for messages; otherwise empty. */
    String verb() {
        int start = 0;
        for (int field = 0; field < FIELDS_BEFORE_ARGUMENTS; field++) {
            start = end(start) + 1;
        }
        int end = end(start);
        if (start >= end) {
            return "";
        }
        String word = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        return word.chars().allMatch(c -> c >= 'a' && c <= 'z') ? word : "";
    }

    private int end(int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end;
    }
}
