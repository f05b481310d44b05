package org.froggr.spi.tree;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Memory for trees that make no system calls: it has no address. */
public final class MemoryBuffer implements IoBuffer {
    private final ByteBuffer bytes;

    private MemoryBuffer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Room for so many bytes. */
    public static MemoryBuffer of(int length) {
        return new MemoryBuffer(ByteBuffer.allocateDirect(length));
    }

    /** A buffer that has these bytes. */
    public static MemoryBuffer of(byte[] content) {
        return new MemoryBuffer(ByteBuffer.allocateDirect(content.length).put(content).flip());
    }

    /** The first bytes of a buffer, as an array. */
    public static byte[] content(IoBuffer buffer, int length) {
        byte[] copy = new byte[length];
        buffer.bytes().duplicate().clear().get(copy);
        return Arrays.copyOf(copy, length);
    }

    @Override
    public long address() {
        throw new UnsupportedOperationException("memory without an address");
    }

    @Override
    public int length() {
        return bytes.capacity();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.clear();
    }
}
