package org.froggr.transport.unix.internal;

/** Kinds of frames, as {@code launcher/docs/protocol.md} numbers them. */
enum FrameType {
    REQUEST(1),
    TAKEN(2),
    OUT(3),
    ERR(4),
    EXIT(5),
    EXEC(6);

    /** Four bytes of length, big-endian, and one of type. */
    static final int HEADER_BYTES = 5;

    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    byte number() {
        return (byte) number;
    }
}
