package org.froggr.transport.unix.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests as the script writes them. */
final class Requests {
    private Requests() {}

    static byte[] fields(String... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String field : fields) {
            bytes.writeBytes(field.getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    /** A request with these arguments, each char a byte, and one variable. */
    static byte[] of(String... arguments) {
        List<String> fields = new ArrayList<>(List.of("frg/1", "1", "-", Integer.toString(arguments.length)));
        fields.addAll(List.of(arguments));
        fields.addAll(List.of("TERM=dumb", "end"));
        return fields(fields.toArray(String[]::new));
    }

    static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(FrameType.HEADER_BYTES + payload.length)
                .put(header(payload.length, 1))
                .put(payload)
                .array();
    }

    static byte[] header(int length, int type) {
        return ByteBuffer.allocate(FrameType.HEADER_BYTES).putInt(length).put((byte) type).array();
    }
}
