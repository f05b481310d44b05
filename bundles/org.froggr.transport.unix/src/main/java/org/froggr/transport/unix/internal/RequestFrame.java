package org.froggr.transport.unix.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.MalformedRequestException;

/** A frame on its way in, in pieces of any size. Holds what has come, never what was only announced. */
final class RequestFrame {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int missing = FrameType.HEADER_BYTES;
    private boolean headerRead;

    /** Bytes to wait for before the next call: no more are read, so that none of another frame are. */
    int missing() {
        return missing;
    }

    /** Whether nothing has come so far. */
    boolean isEmpty() {
        return !headerRead && bytes.size() == 0;
    }

    /**
     * Takes the next bytes, at most {@link #missing()}.
     *
     * @return whether the frame is whole
     */
    boolean add(byte[] piece, int length) throws MalformedRequestException {
        bytes.write(piece, 0, length);
        missing -= length;
        if (missing == 0 && !headerRead) {
            readHeader();
        }
        return missing == 0 && headerRead;
    }

    private void readHeader() throws MalformedRequestException {
        ByteBuffer header = ByteBuffer.wrap(bytes.toByteArray());
        int length = header.getInt();
        byte type = header.get();
        if (type != FrameType.REQUEST.number()) {
            throw new MalformedRequestException("a frame of type " + (type & 0xff) + " where a request should be");
        }
        if (length < 0 || length > ClientRequest.MAX_BYTES) {
            long announced = Integer.toUnsignedLong(length);
            throw new MalformedRequestException(
                    "a request of " + announced + " bytes, over " + ClientRequest.MAX_BYTES);
        }
        headerRead = true;
        missing = length;
        bytes.reset();
    }

    /** The payload of a whole frame. */
    byte[] payload() {
        return bytes.toByteArray();
    }
}
