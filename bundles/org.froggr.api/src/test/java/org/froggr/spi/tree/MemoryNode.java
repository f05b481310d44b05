package org.froggr.spi.tree;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** A file of any type in memory. Tests may look at it; what they must not do is change it. */
public final class MemoryNode implements FileNode {
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFLNK = 0120000;
    private static final int S_ISUID = 04000;
    private static final int S_ISGID = 02000;
    private static final int S_IXGRP = 010;
    private static final int O_EXCL = 0200;
    private static final int O_TRUNC = 01000;
    private static final int NAME_MAX = 255;

    final MemoryTree tree;
    final long inode;
    final MemoryContent content;
    final MemoryDirectory directory;
    private final MemoryXattrs xattrs = new MemoryXattrs();
    private final byte[] target;
    private final int device;
    private final Instant birth;
    private final AtomicLong lookups = new AtomicLong();

    volatile int mode;
    int links;
    MemoryNode parent;
    private int uid;
    private int gid;
    private boolean linkable;
    private Instant accessed;
    private Instant modified;
    private Instant changed;

    MemoryNode(MemoryTree tree, long inode, int mode, int uid, int gid, int device) {
        this(tree, inode, mode, uid, gid, device, null);
    }

    private MemoryNode(MemoryTree tree, long inode, int mode, int uid, int gid, int device, byte[] target) {
        this.tree = tree;
        this.inode = inode;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.device = device;
        this.target = target;
        content = isType(S_IFREG) ? new MemoryContent() : null;
        directory = isType(S_IFDIR) ? new MemoryDirectory() : null;
        birth = accessed = modified = changed = tree.clock.instant();
    }

    private boolean isType(int type) {
        return (mode & S_IFMT) == type;
    }

    boolean isDirectory() {
        return directory != null;
    }

    /** Look-ups that were not given back. */
    public long lookups() {
        return lookups.get();
    }

    void modified() {
        modified = changed = tree.clock.instant();
    }

    void changed() {
        changed = tree.clock.instant();
    }

    void clearSetIds() {
        mode &= ~S_ISUID;
        if ((mode & S_IXGRP) != 0) {
            mode &= ~S_ISGID;
        }
    }

    FileNode counted() {
        lookups.incrementAndGet();
        tree.lookups.incrementAndGet();
        return this;
    }

    @Override
    public void forget(long count) {
        if (lookups.addAndGet(-count) < 0) {
            throw new IllegalStateException("more look-ups given back than there were");
        }
        tree.lookups.addAndGet(-count);
    }

    static ErrnoException error(Errno errno, String operation) {
        return new ErrnoException(errno, operation);
    }

    private static ByteKey key(FileName name) throws ErrnoException {
        if (name.length() > NAME_MAX) {
            throw error(Errno.ENAMETOOLONG, "memory");
        }
        return ByteKey.of(name);
    }

    private void checkDirectory(String operation) throws ErrnoException {
        if (!isDirectory()) {
            throw error(Errno.ENOTDIR, operation);
        }
    }

    @Override
    public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        ByteKey key = key(name);
        synchronized (tree) {
            tree.check();
            checkDirectory("lookup");
            MemoryNode found = directory.get(key);
            if (found == null) {
                out.entryValidityMillis = tree.validityMillis();
                return null;
            }
            found.fill(out);
            return found.counted();
        }
    }

    @Override
    public void attributes(Attributes out) throws ErrnoException {
        synchronized (tree) {
            tree.check();
            fill(out);
        }
    }

    private void fill(Attributes out) {
        out.device = tree.device;
        out.inode = inode;
        out.generation = 0;
        out.size = content != null ? content.size() : target != null ? target.length : 0;
        out.blocks = content == null ? 0 : content.pageCount() * (MemoryContent.PAGE / 512L);
        out.accessSeconds = accessed.getEpochSecond();
        out.accessNanos = accessed.getNano();
        out.modifySeconds = modified.getEpochSecond();
        out.modifyNanos = modified.getNano();
        out.changeSeconds = changed.getEpochSecond();
        out.changeNanos = changed.getNano();
        out.birthSeconds = birth.getEpochSecond();
        out.birthNanos = birth.getNano();
        out.mode = mode;
        out.links = links;
        out.uid = uid;
        out.gid = gid;
        out.rdev = device;
        out.blockSize = MemoryContent.PAGE;
        out.entryValidityMillis = out.validityMillis = tree.validityMillis();
    }

    @Override
    public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        synchronized (tree) {
            tree.checkChange();
            if (changes.has(AttributeChanges.SIZE)) {
                resize(changes.size);
            }
            mode = changes.has(AttributeChanges.MODE) ? mode & S_IFMT | changes.mode & 07777 : mode;
            uid = changes.has(AttributeChanges.UID) ? changes.uid : uid;
            gid = changes.has(AttributeChanges.GID) ? changes.gid : gid;
            if (changes.has(AttributeChanges.CLEAR_SET_IDS)) {
                clearSetIds();
            }
            changed();
            if (changes.has(AttributeChanges.ACCESS_NOW)) {
                accessed = changed;
            } else if (changes.has(AttributeChanges.ACCESS_TIME)) {
                accessed = Instant.ofEpochSecond(changes.accessSeconds, changes.accessNanos);
            }
            if (changes.has(AttributeChanges.MODIFY_NOW)) {
                modified = changed;
            } else if (changes.has(AttributeChanges.MODIFY_TIME)) {
                modified = Instant.ofEpochSecond(changes.modifySeconds, changes.modifyNanos);
            }
            fill(out);
        }
    }

    private void resize(long size) throws ErrnoException {
        if (content == null) {
            throw error(isDirectory() ? Errno.EISDIR : Errno.EINVAL, "truncate");
        }
        content.resize(size);
        modified = tree.clock.instant();
    }

    @Override
    public byte[] readLink() throws ErrnoException {
        tree.check();
        if (target == null) {
            throw error(Errno.EINVAL, "readlink");
        }
        return target;
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        synchronized (tree) {
            tree.check();
            if (content == null) {
                throw error(isDirectory() ? Errno.EISDIR : isType(S_IFLNK) ? Errno.ELOOP : Errno.ENXIO, "open");
            }
            if ((flags & 3) != 0 || (flags & O_TRUNC) != 0) {
                tree.checkChange();
            }
            if ((flags & O_TRUNC) != 0) {
                content.resize(0);
                modified();
            }
            return new MemoryFile(this, flags);
        }
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        synchronized (tree) {
            tree.check();
            checkDirectory("opendir");
            return new MemoryListing(this);
        }
    }

    /** Throws unless a new name can be made here. */
    private ByteKey newName(FileName name, String operation) throws ErrnoException {
        ByteKey key = key(name);
        tree.check();
        checkDirectory(operation);
        if (directory.get(key) != null) {
            throw error(Errno.EEXIST, operation);
        }
        if (links == 0) {
            throw error(Errno.ENOENT, operation);
        }
        tree.checkChange();
        return key;
    }

    private MemoryNode make(int type, int permissions, int deviceNumber, Requester by, byte[] link) {
        int bits = link != null ? 0777 : permissions & 07777 & ~by.umask();
        boolean inherit = (mode & S_ISGID) != 0;
        if (inherit && type == S_IFDIR) {
            bits |= S_ISGID;
        }
        return new MemoryNode(
                tree, tree.newInode(), type | bits, by.uid(), inherit ? gid : by.gid(), deviceNumber, link);
    }

    private FileNode put(ByteKey key, MemoryNode made, Attributes out) {
        directory.put(key, made);
        made.links = 1;
        if (made.isDirectory()) {
            made.links = 2;
            made.parent = this;
            links++;
        }
        modified();
        made.fill(out);
        return made.counted();
    }

    @Override
    public CreatedFile create(FileName name, int flags, int permissions, Requester by, Attributes out)
            throws ErrnoException {
        synchronized (tree) {
            checkDirectory("create");
            MemoryNode present = directory.get(key(name));
            if (present != null && (flags & O_EXCL) == 0) {
                OpenFile file = present.open(flags, by);
                present.fill(out);
                return CreatedFile.of(present.counted(), file);
            }
            ByteKey key = newName(name, "create");
            MemoryNode made = make(S_IFREG, permissions, 0, by, null);
            return CreatedFile.of(put(key, made, out), new MemoryFile(made, flags));
        }
    }

    @Override
    public CreatedFile createUnnamed(int flags, int permissions, Requester by, Attributes out) throws ErrnoException {
        synchronized (tree) {
            checkDirectory("tmpfile");
            tree.checkChange();
            MemoryNode made = make(S_IFREG, permissions, 0, by, null);
            made.linkable = (flags & O_EXCL) == 0;
            made.fill(out);
            return CreatedFile.of(made.counted(), new MemoryFile(made, flags));
        }
    }

    @Override
    public FileNode makeNode(FileName name, int newMode, int deviceNumber, Requester by, Attributes out)
            throws ErrnoException {
        synchronized (tree) {
            ByteKey key = newName(name, "mknod");
            int type = (newMode & S_IFMT) == 0 ? S_IFREG : newMode & S_IFMT;
            if (type == S_IFDIR || type == S_IFLNK) {
                throw error(Errno.EINVAL, "mknod");
            }
            return put(key, make(type, newMode, deviceNumber, by, null), out);
        }
    }

    @Override
    public FileNode makeDirectory(FileName name, int permissions, Requester by, Attributes out)
            throws ErrnoException {
        synchronized (tree) {
            ByteKey key = newName(name, "mkdir");
            return put(key, make(S_IFDIR, permissions & 01777, 0, by, null), out);
        }
    }

    @Override
    public FileNode makeSymlink(FileName name, byte[] where, Requester by, Attributes out) throws ErrnoException {
        synchronized (tree) {
            ByteKey key = newName(name, "symlink");
            return put(key, make(S_IFLNK, 0777, 0, by, where.clone()), out);
        }
    }

    @Override
    public FileNode link(FileNode file, FileName name, Requester by, Attributes out) throws ErrnoException {
        if (!(file instanceof MemoryNode node) || node.tree != tree) {
            throw error(Errno.EXDEV, "link");
        }
        synchronized (tree) {
            ByteKey key = newName(name, "link");
            if (node.isDirectory()) {
                throw error(Errno.EPERM, "link");
            }
            if (node.links == 0 && !node.linkable) {
                throw error(Errno.ENOENT, "link");
            }
            directory.put(key, node);
            node.links++;
            node.changed();
            modified();
            node.fill(out);
            return node.counted();
        }
    }

    @Override
    public void unlink(FileName name, Requester by) throws ErrnoException {
        synchronized (tree) {
            ByteKey key = key(name);
            MemoryNode gone = present(key, "unlink");
            if (gone.isDirectory()) {
                throw error(Errno.EISDIR, "unlink");
            }
            tree.checkChange();
            drop(key, gone);
        }
    }

    @Override
    public void removeDirectory(FileName name, Requester by) throws ErrnoException {
        synchronized (tree) {
            ByteKey key = key(name);
            MemoryNode gone = present(key, "rmdir");
            if (!gone.isDirectory()) {
                throw error(Errno.ENOTDIR, "rmdir");
            }
            if (!gone.directory.isEmpty()) {
                throw error(Errno.ENOTEMPTY, "rmdir");
            }
            tree.checkChange();
            drop(key, gone);
        }
    }

    MemoryNode present(ByteKey key, String operation) throws ErrnoException {
        tree.check();
        checkDirectory(operation);
        MemoryNode found = directory.get(key);
        if (found == null) {
            throw error(Errno.ENOENT, operation);
        }
        return found;
    }

    /** Takes a name away. */
    void drop(ByteKey key, MemoryNode gone) {
        directory.remove(key);
        lost(gone);
        modified();
    }

    /** A file of this directory has lost a name. */
    void lost(MemoryNode gone) {
        if (gone.isDirectory()) {
            gone.links = 0;
            links--;
        } else {
            gone.links--;
        }
        gone.changed();
    }

    @Override
    public void rename(FileName name, FileNode to, FileName newName, int flags, Requester by) throws ErrnoException {
        if (!(to instanceof MemoryNode target) || target.tree != tree) {
            throw error(Errno.EXDEV, "rename");
        }
        synchronized (tree) {
            new MemoryRename(this, key(name), target, key(newName)).perform(flags);
        }
    }

    @Override
    public int extendedAttribute(FileName name, IoBuffer out) throws ErrnoException {
        synchronized (tree) {
            tree.check();
            return xattrs.get(ByteKey.of(name), out);
        }
    }

    @Override
    public int extendedAttributeNames(IoBuffer out) throws ErrnoException {
        synchronized (tree) {
            tree.check();
            return xattrs.names(out);
        }
    }

    @Override
    public void setExtendedAttribute(FileName name, IoBuffer value, int flags, boolean clearSetgid, Requester by)
            throws ErrnoException {
        synchronized (tree) {
            tree.checkChange();
            xattrs.set(ByteKey.of(name), value, flags);
            changed();
        }
    }

    @Override
    public void removeExtendedAttribute(FileName name, Requester by) throws ErrnoException {
        synchronized (tree) {
            tree.checkChange();
            xattrs.remove(ByteKey.of(name));
            changed();
        }
    }
}
