package org.froggr.backend.local.internal;

import java.nio.ByteBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.IoBuffer;

/** Memory with an address. */
final class Native implements IoBuffer {
    private final ByteBuffer bytes;
    private final long address;

    private Native(int length) {
        // An empty direct buffer may have no memory at all.
        ByteBuffer memory = ByteBuffer.allocateDirect(Math.max(length, 1));
        address = ThreadMemory.addressOf(memory);
        bytes = memory.limit(length).slice();
    }

    static Native of(int length) {
        return new Native(length);
    }

    @Override
    public long address() {
        return address;
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
