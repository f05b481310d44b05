package org.froggr.spi.tree;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Memory for one read or write. Trees that make system calls use {@link #address}, others {@link #bytes};
 * both are the same memory.
 */
@ConsumerType
public interface IoBuffer {
    /** Address of the first byte to be used; valid during the call. */
    long address();

    /** How many bytes may be used from there on. */
    int length();

    /** The same memory: a direct buffer with {@link #length} bytes remaining. Reused for every request. */
    ByteBuffer bytes();
}
