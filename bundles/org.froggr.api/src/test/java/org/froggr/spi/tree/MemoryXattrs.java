package org.froggr.spi.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** The extended attributes of a file, xattr(7). ACLs are not among them. The tree's lock is held. */
final class MemoryXattrs {
    // linux/xattr.h
    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;
    private static final int XATTR_SIZE_MAX = 65536;

    private final Map<ByteKey, byte[]> values = new TreeMap<>();

    int get(ByteKey name, IoBuffer out) throws ErrnoException {
        checkName(name);
        byte[] value = values.get(name);
        return value == null ? -1 : give(value, out);
    }

    private static int give(byte[] value, IoBuffer out) throws ErrnoException {
        ByteBuffer bytes = out.bytes();
        if (bytes.remaining() > 0) {
            if (value.length > bytes.remaining()) {
                throw new ErrnoException(Errno.ERANGE, "getxattr");
            }
            bytes.put(value);
        }
        return value.length;
    }

    int names(IoBuffer out) throws ErrnoException {
        int length = values.keySet().stream().mapToInt(name -> name.bytes.length + 1).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (ByteKey name : values.keySet()) {
            all.put(name.bytes).put((byte) 0);
        }
        return give(all.array(), out);
    }

    void set(ByteKey name, IoBuffer value, int flags) throws ErrnoException {
        checkName(name);
        boolean present = values.containsKey(name);
        if (present && (flags & XATTR_CREATE) != 0) {
            throw new ErrnoException(Errno.EEXIST, "setxattr");
        }
        if (!present && (flags & XATTR_REPLACE) != 0) {
            throw new ErrnoException(Errno.ENODATA, "setxattr");
        }
        ByteBuffer bytes = value.bytes();
        if (bytes.remaining() > XATTR_SIZE_MAX) {
            throw new ErrnoException(Errno.E2BIG, "setxattr");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        values.put(name, copy);
    }

    void remove(ByteKey name) throws ErrnoException {
        checkName(name);
        if (values.remove(name) == null) {
            throw new ErrnoException(Errno.ENODATA, "removexattr");
        }
    }

    private static void checkName(ByteKey name) throws ErrnoException {
        if (new String(name.bytes, StandardCharsets.ISO_8859_1).startsWith("system.posix_acl_")) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "xattr");
        }
    }
}
