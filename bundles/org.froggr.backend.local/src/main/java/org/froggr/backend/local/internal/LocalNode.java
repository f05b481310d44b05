package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Kernel;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/**
 * A file that somebody uses: where it is, and who it is. There is one for each of what the kernel remembers,
 * so a field counts: 56 bytes with compressed references, its name not counted.
 */
class LocalNode extends NotADirectory {
    static final int S_IFMT = 0170000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    static final int S_ISUID = 04000;
    static final int S_ISGID = 02000;
    static final int S_IXGRP = 00010;

    /** Since then a change after a look never bears the time of the one before (multigrain timestamps). */
    private static final boolean EXACT_TIMES = Kernel.atLeast(6, 13);

    private static final long TICK_MILLIS = 20;
    private static final long UNSURE = -1;

    final SourceMount mount;
    final long inode;
    private final int birth;
    private final int type;

    /** Time of the last change that was told of, nanoseconds since 1970. Races are harmless. */
    private long told;

    /** Written by the {@link NodeTable} alone. */
    int references;

    volatile LocalDirectory parent;
    volatile byte[] name;
    volatile NodeExtras extras;

    LocalNode(SourceMount mount, StatxBuffer stat) {
        this.mount = mount;
        this.inode = stat.inode();
        this.birth = mount.birthOf(stat);
        this.type = stat.mode() & S_IFMT;
    }

    /** A new node for what was just looked at. */
    static LocalNode of(SourceMount mount, StatxBuffer stat) {
        return (stat.mode() & S_IFMT) == S_IFDIR ? new LocalDirectory(mount, stat) : new LocalNode(mount, stat);
    }

    final LocalTree tree() {
        return mount.tree();
    }

    final boolean isRoot() {
        return tree().root() == this;
    }

    final boolean isDirectory() {
        return type == S_IFDIR;
    }

    final boolean isRegular() {
        return type == S_IFREG;
    }

    final boolean isSymlink() {
        return type == S_IFLNK;
    }

    /** Whether this is what was just looked at. */
    final boolean isSame(StatxBuffer stat) {
        return stat.inode() == inode
                && mount.has(stat)
                && (stat.mode() & S_IFMT) == type
                && mount.birthOf(stat) == birth;
    }

    /**
     * Hands out what was just looked at.
     *
     * @param watched whether it is known that a change would have been noticed since
     */
    final void tell(StatxBuffer stat, boolean watched, Attributes out) {
        mount.fill(stat, out);
        boolean sure = watched && (isDirectory() || (stat.links() == 1 && !isWritten()));
        out.validityMillis = sure ? tree().options().watchedMillis() : Attributes.DEFAULT_VALIDITY_MILLIS;
        told = timeOf(stat);
    }

    private static long timeOf(StatxBuffer stat) {
        long seconds = stat.changeSeconds();
        long millis = seconds * 1000 + stat.changeNanos() / 1_000_000;
        if (!EXACT_TIMES && System.currentTimeMillis() - millis < TICK_MILLIS) {
            return UNSURE;
        }
        return seconds * 1_000_000_000 + stat.changeNanos();
    }

    /** Whether something has changed since it was last told of; what was just looked at counts as told now. */
    final boolean hasChanged(StatxBuffer stat) {
        long now = timeOf(stat);
        boolean changed = now != told || now == UNSURE;
        told = now;
        return changed;
    }

    /** Whether it is open for writing here, so that its attributes change without a word. */
    final boolean isWritten() {
        NodeExtras now = extras;
        return now != null && now.hasWriters();
    }

    /** Whether a change of it that is not seen otherwise is told of by the kernel. */
    boolean isWatched() {
        return false;
    }

    @Override
    public final void attributes(Attributes out) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        boolean watched = isWatched();
        boolean watchedByName = tree().reach().stat(this, memory);
        tell(memory.stat(), isDirectory() ? watched : watchedByName, out);
    }

    @Override
    public final void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
        tree().checkWritable("setattr");
        ThreadMemory memory = ThreadMemory.current();
        Descriptor descriptor = tree().reach().pin(this, memory);
        try {
            new Change(this, descriptor, changes).apply(memory);
        } finally {
            descriptor.unpin();
        }
        tell(memory.stat(), false, out);
    }

    @Override
    public final byte[] readLink() throws ErrnoException {
        if (!isSymlink()) {
            throw new ErrnoException(Errno.EINVAL, "readlink");
        }
        return tree().reach().readLink(this);
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        if (!isRegular()) {
            throw new ErrnoException(isSymlink() ? Errno.ELOOP : Errno.ENXIO, "open");
        }
        if ((flags & (LocalFile.O_ACCMODE | LocalFile.O_TRUNC)) != 0) {
            tree().checkWritable("open");
        }
        return LocalFile.open(this, flags, by);
    }

    @Override
    public final int extendedAttribute(FileName attribute, IoBuffer out) throws ErrnoException {
        return tree().xattrs().get(this, attribute, out);
    }

    @Override
    public final int extendedAttributeNames(IoBuffer out) throws ErrnoException {
        return tree().xattrs().list(this, out);
    }

    @Override
    public final void setExtendedAttribute(
            FileName attribute, IoBuffer value, int flags, boolean clearSetgid, Requester by) throws ErrnoException {
        tree().checkWritable("setxattr");
        tree().xattrs().set(this, attribute, value, flags, clearSetgid);
    }

    @Override
    public final void removeExtendedAttribute(FileName attribute, Requester by) throws ErrnoException {
        tree().checkWritable("removexattr");
        tree().xattrs().remove(this, attribute);
    }

    @Override
    public final byte[] persistentHandle() throws ErrnoException {
        return tree().handles().of(this);
    }

    @Override
    public final void forget(long lookups) {
        if (!isRoot()) {
            tree().nodes().forget(this, lookups);
            tree().disposeDropped();
        }
    }

    /** Closes what is held for it, which nobody uses any more. */
    void dispose() {
        NodeExtras last = extras;
        if (last != null && last.held() != null) {
            Descriptor held = last.held();
            last.hold(null);
            held.unpin();
        }
    }
}
