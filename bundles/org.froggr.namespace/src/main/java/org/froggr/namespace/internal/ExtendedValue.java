package org.froggr.namespace.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.IoBuffer;

/** Memory for an extended attribute that is copied. */
final class ExtendedValue implements IoBuffer {
    /** XATTR_SIZE_MAX of linux/limits.h is larger, but an ACL of that size has 500 entries. */
    private static final int MOST = 4096;

    private final ByteBuffer bytes;

    private ExtendedValue(int length) {
        bytes = ByteBuffer.allocateDirect(length);
    }

    static ExtendedValue of(byte[] value) {
        ExtendedValue buffer = new ExtendedValue(value.length);
        buffer.bytes.put(value).flip();
        return buffer;
    }

    /** The value, null if there is none or the tree has no such attributes. */
    static byte[] read(FileNode node, FileName name) throws ErrnoException {
        try {
            ExtendedValue buffer = new ExtendedValue(MOST);
            int length = node.extendedAttribute(name, buffer);
            if (length < 0) {
                return null;
            }
            byte[] value = new byte[length];
            buffer.bytes.duplicate().clear().get(value);
            return value;
        } catch (ErrnoException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public long address() {
        return ThreadMemory.addressOf(bytes);
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
