package org.froggr.namespace.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A file that is no directory: it is in one member. */
final class PlainNode extends PlainState {
    private static final int O_ACCMODE = 3;
    private static final int O_TRUNC = 01000;

    PlainNode(DirectoryNode parent, byte[] name, Member member, FileNode node, int epoch) {
        super(parent, name, member, node, epoch);
    }

    private int enter() throws ErrnoException {
        int stripe = Gate.stripe();
        member.gate.enter(stripe);
        return stripe;
    }

    private int enterToChange(String operation) throws ErrnoException {
        member.checkWritable(operation);
        return enter();
    }

    private void exit(int stripe) {
        member.gate.exit(stripe);
    }

    @Override
    public FileNode lookup(FileName looked, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "lookup");
    }

    // What makes names is asked of directories by the kernel; a caller that does not know gets ENOTDIR.

    @Override
    public CreatedFile create(FileName made, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "create");
    }

    @Override
    public FileNode makeNode(FileName made, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "mknod");
    }

    @Override
    public FileNode makeDirectory(FileName made, int mode, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "mkdir");
    }

    @Override
    public FileNode makeSymlink(FileName made, byte[] target, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "symlink");
    }

    @Override
    public FileNode link(FileNode file, FileName made, Requester by, Attributes out) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "link");
    }

    @Override
    public void unlink(FileName gone, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "unlink");
    }

    @Override
    public void removeDirectory(FileName gone, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "rmdir");
    }

    @Override
    public void rename(FileName old, FileNode to, FileName newName, int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "rename");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.ENOTDIR, "opendir");
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        int stripe = enter();
        try {
            UnionFile kept = kept();
            if (kept == null) {
                here().attributes(out);
                member.show(out);
            } else {
                kept.attributesInside(out);
            }
        } finally {
            exit(stripe);
        }
    }

    /** Who has it open asks for the file, not for the name: it need not have one in the present tree. */
    private UnionFile kept() {
        if (isByName()) {
            for (Handle handle : member.handles.all()) {
                if (handle instanceof UnionFile file && file.isKept() && file.isOf(this)) {
                    return file;
                }
            }
        }
        return null;
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        int stripe = enterToChange("setattr");
        try {
            UnionFile kept = kept();
            if (kept == null) {
                here().change(changes, by, out);
                member.show(out);
            } else {
                kept.changeInside(changes, by, out);
            }
        } finally {
            exit(stripe);
        }
    }

    @Override
    public byte[] readLink() throws ErrnoException {
        int stripe = enter();
        try {
            return here().readLink();
        } finally {
            exit(stripe);
        }
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        int stripe = enter();
        try {
            return openInside(flags, by);
        } finally {
            exit(stripe);
        }
    }

    /** The caller is inside the member's gate. */
    UnionFile openInside(int flags, Requester by) throws ErrnoException {
        if ((flags & O_ACCMODE) != 0 || (flags & O_TRUNC) != 0) {
            member.checkWritable("open");
        }
        return new UnionFile(this, here().open(flags, by), flags);
    }

    @Override
    public int extendedAttribute(FileName attribute, IoBuffer out) throws ErrnoException {
        int stripe = enter();
        try {
            return here().extendedAttribute(attribute, out);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public int extendedAttributeNames(IoBuffer out) throws ErrnoException {
        int stripe = enter();
        try {
            return here().extendedAttributeNames(out);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public byte[] persistentHandle() throws ErrnoException {
        int stripe = enter();
        try {
            byte[] inMember = here().persistentHandle();
            return inMember == null || inMember.length > UnionHandle.MOST_IN_MEMBER
                    ? null
                    : new UnionHandle(head().number, member.bound.id(), inMember).bytes();
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void setExtendedAttribute(
            FileName attribute, IoBuffer value, int flags, boolean clearSetgid, Requester by) throws ErrnoException {
        int stripe = enterToChange("setxattr");
        try {
            here().setExtendedAttribute(attribute, value, flags, clearSetgid, by);
        } finally {
            exit(stripe);
        }
    }

    @Override
    public void removeExtendedAttribute(FileName attribute, Requester by) throws ErrnoException {
        int stripe = enterToChange("removexattr");
        try {
            here().removeExtendedAttribute(attribute, by);
        } finally {
            exit(stripe);
        }
    }
}
