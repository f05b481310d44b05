package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.spi.tree.FileName;

/** A name within a message, or within a listing that is being made. */
final class MemoryName extends FileName {
    private final ByteBuffer memory;
    private final long base;
    private int offset;
    private int length;
    private byte[] bytes;

    /**
     * @param memory what the name is in
     * @param base address of its first byte
     */
    MemoryName(ByteBuffer memory, long base) {
        this.memory = memory;
        this.base = base;
    }

    /** Moves to another name, behind which there is a NUL. */
    void set(int newOffset, int newLength) {
        offset = newOffset;
        length = newLength;
        bytes = null;
    }

    int offset() {
        return offset;
    }

    /** Puts the bytes there. */
    void copyTo(ByteBuffer target, int at) {
        target.put(at, memory, offset, length);
    }

    /** Whether as many bytes there are the same. */
    boolean is(ByteBuffer other, int at) {
        for (int i = 0; i < length; i++) {
            if (memory.get(offset + i) != other.get(at + i)) {
                return false;
            }
        }
        return true;
    }

    /** A number that differs with the name and its directory. */
    int hash(long directory) {
        return KeptNames.hash(directory, memory, offset, length);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long address() {
        return base + offset;
    }

    @Override
    public byte[] bytes() {
        if (bytes == null) {
            bytes = new byte[length];
            memory.get(offset, bytes);
        }
        return bytes;
    }

    @Override
    public boolean is(byte[] other) {
        if (other.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (memory.get(offset + i) != other[i]) {
                return false;
            }
        }
        return true;
    }
}
