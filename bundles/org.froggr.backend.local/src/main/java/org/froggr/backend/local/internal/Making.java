package org.froggr.backend.local.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.RawFiles;
import org.froggr.linux.RawNames;
import org.froggr.linux.ThreadIdentity;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.Requester;

/**
 * Makes files, as the requester: with its ids, so that they belong to it, and with its umask, so that the
 * kernel applies it unless there is a default ACL. Capabilities stay: permission was checked by who asks, and
 * the requester's supplementary groups need not be known for it.
 */
final class Making {
    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;
    private static final int OWN_UID = (int) Ids.euid();

    private final LocalTree tree;

    Making(LocalTree tree) {
        this.tree = tree;
    }

    /** The system call that makes a name, with the result of one. */
    private interface Call {
        int make(int dir, long name, ThreadMemory memory) throws ErrnoException;
    }

    FileNode node(LocalDirectory in, FileName name, int mode, int device, Requester by, Attributes out)
            throws ErrnoException {
        return make(
                in, name, by, out, "mknod", (dir, at, memory) -> RawNames.makeNode(dir, at, own(mode), device));
    }

    FileNode directory(LocalDirectory in, FileName name, int mode, Requester by, Attributes out)
            throws ErrnoException {
        return make(
                in, name, by, out, "mkdir", (dir, at, memory) -> RawNames.makeDirectory(dir, at, own(mode & 07777)));
    }

    FileNode symlink(LocalDirectory in, FileName name, byte[] target, Requester by, Attributes out)
            throws ErrnoException {
        return make(in, name, by, out, "symlink", (dir, at, memory) ->
                RawNames.makeSymlink(Names.checked(memory.second(target)), dir, at));
    }

    private FileNode make(LocalDirectory in, FileName name, Requester by, Attributes out, String operation, Call call)
            throws ErrnoException {
        tree.checkWritable(operation);
        ThreadMemory memory = ThreadMemory.current();
        Descriptor here = tree.reach().directory(in);
        try {
            long address = Names.first(name, memory);
            int validity = validityIn(in);
            tree.coherence().expect(in, name, 1);
            int result = as(by, here.fd(), address, memory, call);
            if (result < 0) {
                tree.coherence().cancel(in, name, 1);
                throw Failure.of(result, operation);
            }
            Failure.check(RawFiles.stat(here.fd(), address, LOOK, memory.stat()), operation);
            LocalNode node = in.found(name, here.fd(), address, memory);
            node.tell(memory.stat(), false, out);
            out.entryValidityMillis = validity;
            return node;
        } finally {
            here.unpin();
        }
    }

    /** How long a name that is made now may be relied on: asked before it is made. */
    private int validityIn(LocalDirectory in) {
        return in.isWatched() ? tree.options().watchedMillis() : Attributes.DEFAULT_VALIDITY_MILLIS;
    }

    private static int own(int mode) {
        return ThreadIdentity.current().mode(mode);
    }

    private static int as(Requester by, int dir, long address, ThreadMemory memory, Call call)
            throws ErrnoException {
        ThreadIdentity identity = ThreadIdentity.current();
        Failure.check(identity.assume(by.uid(), by.gid(), by.umask()), "setfsuid");
        try {
            return call.make(dir, address, memory);
        } finally {
            identity.restore();
        }
    }

    /** Creates and opens a regular file. */
    CreatedFile file(LocalDirectory in, FileName name, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        tree.checkWritable("create");
        ThreadMemory memory = ThreadMemory.current();
        Descriptor here = tree.reach().directory(in);
        try {
            long address = Names.first(name, memory);
            tree.coherence().expect(in, name, 1);
            int created = LocalFile.backingFlags(flags) | Fd.O_CREAT | Fd.O_EXCL | Fd.O_NOFOLLOW;
            int fd = as(by, here.fd(), address, memory, (dir, at, m) -> open(dir, at, created, own(mode & 07777)));
            if (fd < 0) {
                tree.coherence().cancel(in, name, 1);
                if (fd == -Failure.EEXIST && (flags & Fd.O_EXCL) == 0) {
                    return existing(in, name, flags, by, out);
                }
                throw Failure.of(fd, "create");
            }
            return opened(in, name, fd, flags, memory, out);
        } finally {
            here.unpin();
        }
    }

    private int open(int dir, long name, int flags, int mode) {
        int fd = RawFiles.open(dir, name, flags, mode);
        return tree.cache().makeRoom(fd) ? RawFiles.open(dir, name, flags, mode) : fd;
    }

    /** @param name null for a file without one */
    private CreatedFile opened(
            LocalDirectory in, FileName name, int fd, int flags, ThreadMemory memory, Attributes out)
            throws ErrnoException {
        int result = RawFiles.stat(fd, memory.stat());
        if (result < 0) {
            RawFiles.close(fd);
            throw Failure.of(result, "create");
        }
        SourceMount mount = tree.mounts().of(memory.stat(), in.mount, fd, ThreadMemory.EMPTY);
        LocalNode node = tree.nodes().lookedUp(mount, memory.stat(), name == null ? null : in, name);
        tree.disposeDropped();
        LocalFile file = LocalFile.of(node, fd, flags);
        node.tell(memory.stat(), false, out);
        out.entryValidityMillis = Attributes.DEFAULT_VALIDITY_MILLIS;
        return CreatedFile.of(node, file);
    }

    /**
     * The name is there though the requester did not know: so nobody has checked whether it may open that
     * file. If it need not be checked it is opened; else ESTALE lets the kernel look again, and check.
     */
    private CreatedFile existing(LocalDirectory in, FileName name, int flags, Requester by, Attributes out)
            throws ErrnoException {
        FileNode node = in.lookup(name, out);
        if (node == null) {
            throw Failure.stale("create");
        }
        try {
            if (!((LocalNode) node).isRegular() || !mayOpen(by, flags, out)) {
                throw Failure.stale("create");
            }
            LocalFile file = LocalFile.open((LocalNode) node, flags, by);
            file.attributes(out);
            return CreatedFile.of(node, file);
        } catch (ErrnoException e) {
            node.forget(1);
            throw e;
        }
    }

    private static boolean mayOpen(Requester by, int flags, Attributes of) {
        int access = flags & LocalFile.O_ACCMODE;
        int wanted = access == Fd.O_RDONLY ? 0400 : access == Fd.O_WRONLY ? 0200 : 0600;
        return by.uid() == OWN_UID || (by.uid() == of.uid && (of.mode & wanted) == wanted);
    }

    /** Creates and opens a regular file that has no name yet. */
    CreatedFile unnamed(LocalDirectory in, int flags, int mode, Requester by, Attributes out) throws ErrnoException {
        tree.checkWritable("tmpfile");
        ThreadMemory memory = ThreadMemory.current();
        Descriptor here = tree.reach().directory(in);
        try {
            int created = LocalFile.backingFlags(flags) | RawFiles.O_TMPFILE | (flags & Fd.O_EXCL);
            long dot = memory.first(Names.DOT);
            int fd = as(by, here.fd(), dot, memory, (dir, at, m) -> open(dir, at, created, own(mode & 07777)));
            return opened(in, null, Failure.check(fd, "tmpfile"), flags, memory, out);
        } finally {
            here.unpin();
        }
    }

    /** Gives a file another name. */
    FileNode link(LocalDirectory in, FileNode file, FileName name, Attributes out) throws ErrnoException {
        tree.checkWritable("link");
        LocalNode node = tree.own(file);
        if (node.isDirectory()) {
            throw new ErrnoException(Errno.EPERM, "link");
        }
        ThreadMemory memory = ThreadMemory.current();
        Descriptor here = tree.reach().directory(in);
        try {
            Descriptor itself = tree.reach().pin(node, memory);
            try {
                link(node, itself, in, here, name, memory);
            } finally {
                itself.unpin();
            }
            SourceMount mount = node.mount;
            LocalNode linked = tree.nodes().lookedUp(mount, memory.stat(), in, name);
            linked.tell(memory.stat(), false, out);
            out.entryValidityMillis = Attributes.DEFAULT_VALIDITY_MILLIS;
            return linked;
        } finally {
            here.unpin();
        }
    }

    /** By the descriptor's link below /proc: needs no privilege, and links a symbolic link itself. */
    private void link(
            LocalNode node, Descriptor itself, LocalDirectory in, Descriptor here, FileName name, ThreadMemory memory)
            throws ErrnoException {
        long address = Names.first(name, memory);
        tree.coherence().expect(in, name, 1);
        int result = RawNames.link(
                Fd.AT_FDCWD, memory.path(itself.fd()), here.fd(), address, RawFiles.AT_SYMLINK_FOLLOW);
        if (result < 0) {
            tree.coherence().cancel(in, name, 1);
            throw Failure.of(result, "link");
        }
        Failure.check(RawFiles.stat(itself.fd(), memory.stat()), "link");
    }
}
