package org.froggr.backend.local.internal;

import org.froggr.api.ErrnoException;
import org.froggr.linux.RawFiles;
import org.froggr.linux.RawXattrs;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.IoBuffer;

/** Extended attributes, ACLs among them, as the file system has them. */
final class Xattrs {
    private final LocalTree tree;

    Xattrs(LocalTree tree) {
        this.tree = tree;
    }

    int get(LocalNode node, FileName attribute, IoBuffer out) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        int result = get(node, attribute, out, memory);
        return result == -Failure.ENODATA ? -1 : Failure.check(result, "getxattr");
    }

    private int get(LocalNode node, FileName attribute, IoBuffer out, ThreadMemory memory) throws ErrnoException {
        int length = out.length();
        long address = length == 0 ? 0 : out.address();
        Descriptor file = tree.reach().pinExisting(node);
        if (file == null) {
            return tree.reach().byName(
                    node,
                    (dir, path, name) ->
                            RawXattrs.get(dir, path, name, Names.attribute(attribute, memory), address, length),
                    memory);
        }
        try {
            long name = Names.attribute(attribute, memory);
            return file.isPath()
                    ? RawXattrs.getOfPath(file.fd(), name, address, length)
                    : RawXattrs.get(file.fd(), name, address, length);
        } finally {
            file.unpin();
        }
    }

    int list(LocalNode node, IoBuffer out) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Descriptor file = tree.reach().pin(node, memory);
        try {
            int length = out.length();
            long address = length == 0 ? 0 : out.address();
            int result = file.isPath()
                    ? RawXattrs.listOfPath(file.fd(), address, length)
                    : RawXattrs.list(file.fd(), address, length);
            return Failure.check(result, "listxattr");
        } finally {
            file.unpin();
        }
    }

    void set(LocalNode node, FileName attribute, IoBuffer value, int flags, boolean clearSetgid)
            throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Descriptor file = tree.reach().pin(node, memory);
        try {
            long name = Names.attribute(attribute, memory);
            int length = value.length();
            long address = length == 0 ? ThreadMemory.EMPTY : value.address();
            int result = file.isPath()
                    ? RawXattrs.setOfPath(file.fd(), name, address, length, flags)
                    : RawXattrs.set(file.fd(), name, address, length, flags);
            Failure.check(result, "setxattr");
            if (clearSetgid) {
                clearSetgid(file, memory);
            }
        } finally {
            file.unpin();
        }
    }

    /** This process may change an ACL and keep it. */
    private static void clearSetgid(Descriptor file, ThreadMemory memory) throws ErrnoException {
        Failure.check(RawFiles.stat(file.fd(), memory.stat()), "statx");
        int mode = memory.stat().mode() & 07777;
        if ((mode & LocalNode.S_ISGID) != 0) {
            int without = mode & ~LocalNode.S_ISGID;
            Failure.check(
                    file.isPath() ? RawFiles.chmodPath(file.fd(), without) : RawFiles.chmod(file.fd(), without),
                    "chmod");
        }
    }

    void remove(LocalNode node, FileName attribute) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Descriptor file = tree.reach().pin(node, memory);
        try {
            long name = Names.attribute(attribute, memory);
            int result = file.isPath()
                    ? RawXattrs.removeOfPath(file.fd(), name)
                    : RawXattrs.remove(file.fd(), name);
            Failure.check(result, "removexattr");
        } finally {
            file.unpin();
        }
    }
}
