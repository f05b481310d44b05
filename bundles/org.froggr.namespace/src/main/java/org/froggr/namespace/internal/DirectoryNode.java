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

/**
 * A directory of the union: all directories of its name in those members that have its parent (rule 5). Which
 * they are is in its {@link View}, which is found out when it is needed.
 */
final class DirectoryNode extends DirectoryState {
    DirectoryNode(Head head, DirectoryNode parent, byte[] name, long number) {
        super(head, parent, name, number);
    }

    @Override
    DirectoryNode self() {
        return this;
    }

    /** What an operation that changes something does inside the gates. */
    @FunctionalInterface
    interface Change<T> {
        T perform(View view) throws ErrnoException;
    }

    /** Performs something inside the gates of all members, on a view that is valid there. */
    <T> T change(Change<T> change) throws ErrnoException {
        return change(this, (mine, other) -> change.perform(mine));
    }

    /** What an operation on two directories does inside the gates. */
    @FunctionalInterface
    interface ChangeOfTwo<T> {
        T perform(View mine, View other) throws ErrnoException;
    }

    /** As {@link #change(Change)} with the view of a second directory of the same union. */
    <T> T change(DirectoryNode second, ChangeOfTwo<T> change) throws ErrnoException {
        while (true) {
            try {
                View mine = view();
                View other = second == this ? mine : second.view();
                Members members = mine.members;
                int stripe = Gate.stripe();
                if (!head().enterAll(members, stripe)) {
                    continue;
                }
                try {
                    if (head().isOfNow(mine) && head().isOfNow(other)) {
                        return change.perform(mine, other);
                    }
                } finally {
                    head().exitAll(members, stripe);
                }
            } catch (Part.Exchanged e) {
                invalidate();
            }
        }
    }

    @Override
    public FileNode lookup(FileName looked, Attributes out) throws ErrnoException {
        return Lookup.of(this, looked, out);
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        while (true) {
            try {
                DirectoryAttributes.of(this, view(), out);
                return;
            } catch (Part.Exchanged e) {
                invalidate();
            }
        }
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        change(v -> {
            DirectoryAttributes.change(this, v, changes, by, out);
            return null;
        });
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EISDIR, "open");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        return UnionListing.open(this, by);
    }

    @Override
    public CreatedFile create(FileName made, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        return change(v -> new Creation(this, v, made, by, "create").file(flags, mode, out));
    }

    @Override
    public CreatedFile createUnnamed(int flags, int mode, Requester by, Attributes out) throws ErrnoException {
        return change(v -> new Creation(this, v, null, by, "tmpfile").unnamed(flags, mode, out));
    }

    @Override
    public FileNode makeNode(FileName made, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        return change(v -> new Creation(this, v, made, by, "mknod")
                .plain(out, part -> part.node.makeNode(made, mode, device, by, out)));
    }

    @Override
    public FileNode makeSymlink(FileName made, byte[] target, Requester by, Attributes out) throws ErrnoException {
        return change(v -> new Creation(this, v, made, by, "symlink")
                .plain(out, part -> part.node.makeSymlink(made, target, by, out)));
    }

    @Override
    public FileNode makeDirectory(FileName made, int mode, Requester by, Attributes out) throws ErrnoException {
        return change(v -> new Creation(this, v, made, by, "mkdir").directory(mode, out));
    }

    @Override
    public FileNode link(FileNode file, FileName made, Requester by, Attributes out) throws ErrnoException {
        if (file instanceof DirectoryNode) {
            throw new ErrnoException(Errno.EPERM, "link");
        }
        if (!(file instanceof PlainNode plain) || plain.head() != head()) {
            throw new ErrnoException(Errno.EXDEV, "link");
        }
        return change(v -> new Creation(this, v, made, by, "link").link(plain, out));
    }

    @Override
    public void unlink(FileName gone, Requester by) throws ErrnoException {
        change(v -> {
            new Removal(this, v, gone, by).unlink();
            return null;
        });
    }

    @Override
    public void removeDirectory(FileName gone, Requester by) throws ErrnoException {
        change(v -> {
            new Removal(this, v, gone, by).removeDirectory();
            return null;
        });
    }

    @Override
    public void rename(FileName old, FileNode to, FileName newName, int flags, Requester by) throws ErrnoException {
        if (!(to instanceof UnionNode there) || there.head() != head()) {
            throw new ErrnoException(Errno.EXDEV, "rename");
        }
        if (!(to instanceof DirectoryNode target)) {
            throw new ErrnoException(Errno.ENOTDIR, "rename");
        }
        change(target, (mine, other) -> {
            new Renaming(this, mine, old, target, other, newName, by).perform(flags);
            return null;
        });
    }

    @Override
    public int extendedAttribute(FileName attribute, IoBuffer out) throws ErrnoException {
        return change(v -> v.first().node.extendedAttribute(attribute, out));
    }

    @Override
    public int extendedAttributeNames(IoBuffer out) throws ErrnoException {
        return change(v -> v.first().node.extendedAttributeNames(out));
    }

    @Override
    public void setExtendedAttribute(
            FileName attribute, IoBuffer value, int flags, boolean clearSetgid, Requester by) throws ErrnoException {
        change(v -> {
            v.first().member.checkWritable("setxattr");
            v.first().node.setExtendedAttribute(attribute, value, flags, clearSetgid, by);
            return null;
        });
    }

    @Override
    public void removeExtendedAttribute(FileName attribute, Requester by) throws ErrnoException {
        change(v -> {
            v.first().member.checkWritable("removexattr");
            v.first().node.removeExtendedAttribute(attribute, by);
            return null;
        });
    }
}
