package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/** Operations on extended attributes. Each returns the bytes of its reply. */
final class XattrOperations {
    /** XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h. */
    private static final int MOST_BYTES = 1 << 16;

    /** Of linux/xattr.h. */
    private static final byte[] ACCESS_ACL = ByteText.encode("system.posix_acl_access");

    private static final byte[] DEFAULT_ACL = ByteText.encode("system.posix_acl_default");

    private static final byte[] TRUSTED = ByteText.encode("trusted.");

    private final Served served;
    private final IntentContents once;

    XattrOperations(Served served) {
        this.served = served;
        this.once = new IntentContents(served);
    }

    int get(Request request) throws ErrnoException {
        FileNode node = served.node(request.node());
        FileName name = request.text(FuseWire.GETXATTR_IN);
        int size = size(request);
        int length;
        try {
            length = node.extendedAttribute(name, request.data(Request.VALUE, size));
        } catch (ErrnoException e) {
            length = withoutAcls(name, e);
        }
        if (length < 0) {
            throw new ErrnoException(Errno.ENODATA, "getxattr");
        }
        return answer(request, size, length);
    }

    /**
     * A tree without ACLs has none for any file. EOPNOTSUPP in answer to the kernel, which asks for them in order
     * to check permissions, would fail the operation that it checks (fuse_get_acl, linux/fs/fuse/acl.c).
     */
    private static int withoutAcls(FileName name, ErrnoException e) throws ErrnoException {
        if (e.is(Errno.EOPNOTSUPP) && (name.is(ACCESS_ACL) || name.is(DEFAULT_ACL))) {
            return -1;
        }
        throw e;
    }

    int list(Request request) throws ErrnoException {
        FileNode node = served.node(request.node());
        int size = size(request);
        if (request.uid() == 0) {
            return answer(request, size, node.extendedAttributeNames(request.data(Request.VALUE, size)));
        }
        MemorySlice names = request.data(Request.VALUE, MOST_BYTES);
        ByteBuffer memory = names.bytes();
        int start = memory.position();
        return answer(request, size, withoutTrusted(memory, start, node.extendedAttributeNames(names)));
    }

    /** Only who has CAP_SYS_ADMIN is told of them (xattr(7)). The names after them move up. */
    private static int withoutTrusted(ByteBuffer memory, int start, int length) {
        int kept = 0;
        int name = 0;
        for (int at = 0; at < length; at++) {
            if (memory.get(start + at) == 0) {
                int next = at + 1;
                if (!startsWith(memory, start + name, TRUSTED)) {
                    for (int i = name; i < next; i++) {
                        memory.put(start + kept++, memory.get(start + i));
                    }
                }
                name = next;
            }
        }
        return kept;
    }

    private static boolean startsWith(ByteBuffer memory, int at, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (memory.get(at + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static int size(Request request) throws ErrnoException {
        int size = request.int32(FuseWire.XATTR_SIZE);
        if (size < 0) {
            throw new ErrnoException(Errno.EINVAL, "getxattr");
        }
        return Math.min(size, MOST_BYTES);
    }

    /** With no room the length alone was asked. */
    private static int answer(Request request, int size, int length) throws ErrnoException {
        if (size == 0) {
            request.memory().putLong(request.body(), 0);
            request.memory().putInt(request.body(), length);
            return FuseWire.GETXATTR_OUT;
        }
        if (length < 0 || length > size) {
            throw new ErrnoException(Errno.ERANGE, "getxattr");
        }
        request.replyAt(Request.VALUE);
        return length;
    }

    int set(Request request) throws ErrnoException {
        FileNode node = served.node(request.node());
        boolean extended = served.protocol.has(FuseWire.SETXATTR_EXT);
        int names = extended ? FuseWire.SETXATTR_IN : FuseWire.SETXATTR_COMPAT_IN;
        MemoryName name = request.text(names);
        MemorySlice value =
                request.argumentData(names + name.length() + 1, request.int32(FuseWire.XATTR_SIZE));
        boolean clearSetgid = extended
                && (request.int32(FuseWire.SETXATTR_EXTRA_FLAGS) & FuseWire.SETXATTR_ACL_KILL_SGID) != 0;
        once.setExtendedAttribute(
                node, name, value, request.int32(FuseWire.SETXATTR_FLAGS), clearSetgid, request);
        return 0;
    }

    int remove(Request request) throws ErrnoException {
        once.removeExtendedAttribute(served.node(request.node()), request.text(0), request);
        return 0;
    }
}
