package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.spi.tree.IoBuffer;

/** A part of a message's memory that a tree reads or writes. */
final class MemorySlice implements IoBuffer {
    private final ByteBuffer view;
    private final long base;
    private int offset;
    private int length;

    MemorySlice(ByteBuffer memory, long base) {
        this.view = memory.duplicate();
        this.base = base;
    }

    MemorySlice set(int newOffset, int newLength) {
        offset = newOffset;
        length = newLength;
        return this;
    }

    @Override
    public long address() {
        return base + offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public ByteBuffer bytes() {
        return view.limit(offset + length).position(offset);
    }
}
