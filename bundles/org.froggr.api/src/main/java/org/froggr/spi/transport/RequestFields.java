package org.froggr.spi.transport;

import java.util.Arrays;
import org.froggr.api.ByteText;

/** The fields of a request one after the other, each ended by NUL. */
final class RequestFields {
    /** There is no further field that has an end. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final byte[] bytes;
    private int position;

    RequestFields(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    String next() throws MissingException {
        int end = position;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        if (end == bytes.length) {
            throw new MissingException();
        }
        String field = ByteText.decode(Arrays.copyOfRange(bytes, position, end));
        position = end + 1;
        return field;
    }
}
