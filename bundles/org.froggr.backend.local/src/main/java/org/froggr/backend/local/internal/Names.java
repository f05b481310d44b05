package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;

/** Brings names to where system calls want them, and lets none pass that means another directory. */
final class Names {
    static final byte[] DOT = {'.'};

    private static final byte[] DOTS = {'.', '.'};

    private Names() {}

    /** The address of a component, in the first place of the thread's memory if it has none of its own. */
    static long first(FileName name, ThreadMemory memory) throws ErrnoException {
        check(name);
        return name.address() != 0 ? name.address() : checked(memory.first(inHeap(name)));
    }

    /** As {@link #first}, in the second place. */
    static long second(FileName name, ThreadMemory memory) throws ErrnoException {
        check(name);
        return name.address() != 0 ? name.address() : checked(memory.second(inHeap(name)));
    }

    /** The address of the name of an extended attribute, which may hold any byte; in the second place. */
    static long attribute(FileName name, ThreadMemory memory) throws ErrnoException {
        return name.address() != 0 ? name.address() : checked(memory.second(name.bytes()));
    }

    /** The first place again, for a name that went there before. */
    static long checked(long address) throws ErrnoException {
        if (address == 0) {
            throw new ErrnoException(Errno.ENAMETOOLONG, "name");
        }
        return address;
    }

    private static void check(FileName name) throws ErrnoException {
        int length = name.length();
        if (length == 0 || (length <= 2 && (name.is(DOT) || name.is(DOTS)))) {
            throw new ErrnoException(Errno.EINVAL, "name");
        }
    }

    /** What is in native memory came from the kernel, which has no slash in a name. */
    private static byte[] inHeap(FileName name) throws ErrnoException {
        byte[] bytes = name.bytes();
        for (byte b : bytes) {
            if (b == '/') {
                throw new ErrnoException(Errno.EINVAL, "name");
            }
        }
        return bytes;
    }
}
