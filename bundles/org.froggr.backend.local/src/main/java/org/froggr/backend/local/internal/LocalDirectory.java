package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A directory. */
final class LocalDirectory extends LocalNode {
    static final int NO_SLOT = -1;

    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;

    // Of the DirectoryCache
    volatile Descriptor descriptor;
    boolean recentlyUsed;
    int slot = NO_SLOT;

    /** Of {@link Upkeep}: number of the watch, 0 if there is none. */
    volatile int watch;

    /** When names in it were first looked up, or when it should next be thought about watching it; 0 for never. */
    int considered;

    LocalDirectory(SourceMount mount, StatxBuffer stat) {
        super(mount, stat);
    }

    @Override
    boolean isWatched() {
        return watch != 0 && tree().coherence().isReliable();
    }

    @Override
    public FileNode lookup(FileName file, Attributes out) throws ErrnoException {
        LocalTree tree = tree();
        ThreadMemory memory = ThreadMemory.current();
        boolean watched = isWatched();
        int epoch = tree.coherence().epoch();
        Descriptor here = tree.reach().directory(this);
        try {
            if (!watched) {
                tree.coherence().consider(this, here);
            }
            long address = Names.first(file, memory);
            int result = RawFiles.stat(here.fd(), address, LOOK, memory.stat());
            // The root's missing names cannot be called back, were events lost: there is no name to forget.
            boolean sure = watched && (result == 0 || !isRoot());
            out.entryValidityMillis = sure ? tree.options().watchedMillis() : Attributes.DEFAULT_VALIDITY_MILLIS;
            if (result == -Failure.ENOENT) {
                return null;
            }
            Failure.check(result, "lookup");
            LocalNode node = found(file, here.fd(), address, memory);
            boolean nodeWatched = node.isDirectory() ? epoch == tree.coherence().epoch() && node.isWatched() : watched;
            node.tell(memory.stat(), nodeWatched, out);
            return node;
        } finally {
            here.unpin();
        }
    }

    /** The node of what was just looked at, looked up once more. */
    LocalNode found(FileName file, int fd, long address, ThreadMemory memory) {
        StatxBuffer stat = memory.stat();
        SourceMount itsMount = tree().mounts().of(stat, mount, fd, address);
        LocalNode node = tree().nodes().lookedUp(itsMount, stat, this, file);
        tree().disposeDropped();
        return node;
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        Descriptor here = tree().reach().directory(this);
        try {
            tree().coherence().consider(this, here);
            ThreadMemory memory = ThreadMemory.current();
            int fd = tree().reach().reopen(here.fd(), Fd.O_RDONLY | Fd.O_DIRECTORY, memory);
            return new LocalListing(fd, tree().listingBuffers());
        } finally {
            here.unpin();
        }
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EISDIR, "open");
    }

    @Override
    public CreatedFile create(FileName file, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        return tree().making().file(this, file, flags, mode, by, out);
    }

    @Override
    public CreatedFile createUnnamed(int flags, int mode, Requester by, Attributes out) throws ErrnoException {
        return tree().making().unnamed(this, flags, mode, by, out);
    }

    @Override
    public FileNode makeNode(FileName file, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        return tree().making().node(this, file, mode, device, by, out);
    }

    @Override
    public FileNode makeDirectory(FileName file, int mode, Requester by, Attributes out) throws ErrnoException {
        return tree().making().directory(this, file, mode, by, out);
    }

    @Override
    public FileNode makeSymlink(FileName file, byte[] target, Requester by, Attributes out) throws ErrnoException {
        return tree().making().symlink(this, file, target, by, out);
    }

    @Override
    public FileNode link(FileNode file, FileName newName, Requester by, Attributes out) throws ErrnoException {
        return tree().making().link(this, file, newName, out);
    }

    @Override
    public void unlink(FileName file, Requester by) throws ErrnoException {
        tree().removing().remove(this, file, 0);
    }

    @Override
    public void removeDirectory(FileName file, Requester by) throws ErrnoException {
        tree().removing().remove(this, file, Fd.AT_REMOVEDIR);
    }

    @Override
    public void rename(FileName file, FileNode to, FileName newName, int flags, Requester by)
            throws ErrnoException {
        tree().removing().rename(this, file, to, newName, flags);
    }

    @Override
    void dispose() {
        super.dispose();
        tree().coherence().unwatch(this);
        if (!isRoot()) {
            tree().cache().remove(this);
        }
    }
}
