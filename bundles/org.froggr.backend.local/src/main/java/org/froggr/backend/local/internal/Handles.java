package org.froggr.backend.local.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.FileHandles;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;

/**
 * Handles by which the next tree of the same directory finds a file, also one that has no name any more: those of
 * the file system (open_by_handle_at(2)), and on which mount of the tree it is.
 *
 * <pre>
 * bytes 0-3   id of the mount, 0 for that of the root, which may be another clone next time
 * bytes 4-11  device
 * bytes 12-   as {@link FileHandles#of}
 * </pre>
 *
 * <p>Without CAP_DAC_READ_SEARCH, and on file systems that cannot open what they name, there are none.
 */
final class Handles {
    private static final int DEVICE = 4;
    private static final int INNER = 12;

    /** Type and one byte of the handle. */
    private static final int SHORTEST = INNER + 5;

    private final LocalTree tree;

    Handles(LocalTree tree) {
        this.tree = tree;
    }

    /** Null if the file cannot be found again by one. */
    byte[] of(LocalNode node) throws ErrnoException {
        Boolean works = node.mount.opensHandles;
        if (works != null && !works) {
            return null;
        }
        Descriptor itself = tree.reach().pin(node, ThreadMemory.current());
        byte[] inner;
        try {
            inner = FileHandles.of(itself.fd());
        } catch (ErrnoException e) {
            return noneIfAbsent(e);
        } finally {
            itself.unpin();
        }
        if (works == null) {
            works = canOpen(node.mount, inner);
            node.mount.opensHandles = works;
        }
        return works ? pack(node.mount, inner) : null;
    }

    private byte[] pack(SourceMount mount, byte[] inner) {
        return ByteBuffer.allocate(INNER + inner.length)
                .putInt(mount == rootMount() ? 0 : (int) mount.mountId())
                .putLong(mount.device())
                .put(inner)
                .array();
    }

    private static byte[] noneIfAbsent(ErrnoException e) throws ErrnoException {
        if (e.is(Errno.EOPNOTSUPP) || e.is(Errno.EOVERFLOW) || isGone(e)) {
            return null;
        }
        throw e;
    }

    private boolean canOpen(SourceMount mount, byte[] inner) throws ErrnoException {
        try (OwnedFd on = on(mount)) {
            if (on == null) {
                return false;
            }
            Fd.close(FileHandles.open(on.number(), inner, Fd.O_PATH));
            return true;
        } catch (ErrnoException e) {
            noneIfAbsent(e);
            return false;
        }
    }

    /** The file is not there any more, or may not be opened so by this process. */
    private static boolean isGone(ErrnoException e) {
        return e.is(Errno.ESTALE) || e.is(Errno.ENOENT) || e.is(Errno.EPERM) || e.is(Errno.EINVAL);
    }

    /** The node, looked up once; null if it is not there. */
    LocalNode find(byte[] handle) throws ErrnoException {
        if (handle.length < SHORTEST) {
            return null;
        }
        ByteBuffer packed = ByteBuffer.wrap(handle);
        int id = packed.getInt(0);
        long device = packed.getLong(DEVICE);
        byte[] inner = new byte[handle.length - INNER];
        packed.get(INNER, inner);
        try (OwnedFd on = on(id, device)) {
            return on == null ? null : node(FileHandles.open(on.number(), inner, Fd.O_PATH));
        } catch (ErrnoException e) {
            if (isGone(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Takes over a descriptor, which is kept as long as the node has no name. */
    private LocalNode node(int fd) throws ErrnoException {
        Descriptor itself = Descriptor.path(fd);
        try {
            ThreadMemory memory = ThreadMemory.current();
            Failure.check(RawFiles.stat(fd, memory.stat()), "statx");
            SourceMount mount = tree.mounts().of(memory.stat(), null, fd, ThreadMemory.EMPTY);
            LocalNode node = tree.nodes().lookedUp(mount, memory.stat(), null, null);
            if (node.name == null && !node.isRoot()) {
                keep(node, itself);
            }
            tree.disposeDropped();
            return node;
        } finally {
            itself.unpin();
        }
    }

    private void keep(LocalNode node, Descriptor itself) {
        if (node instanceof LocalDirectory directory) {
            if (directory.descriptor == null) {
                tree.cache().retain(directory, itself);
            }
        } else if (itself.pin() && !tree.nodes().hold(node, itself)) {
            itself.unpin();
        }
    }

    private SourceMount rootMount() {
        return ((LocalNode) tree.root()).mount;
    }

    /** A descriptor, not of O_PATH, of something on that mount; null if it is not known. */
    private OwnedFd on(int id, long device) throws ErrnoException {
        if (id == 0) {
            return rootMount().device() == device ? on(rootMount()) : null;
        }
        SourceMount known = tree.mounts().find(id, device);
        OwnedFd found = known == null ? null : on(known);
        return found != null ? found : onMounted(id, device);
    }

    private OwnedFd on(SourceMount mount) throws ErrnoException {
        if (mount == rootMount()) {
            return reopened((LocalNode) tree.root());
        }
        for (LocalNode node : tree.nodes().all()) {
            if (node.mount == mount) {
                try {
                    OwnedFd opened = reopened(node);
                    if (opened != null) {
                        return opened;
                    }
                } catch (ErrnoException e) {
                    // Another one may do
                    if (!e.is(Errno.ESTALE)) {
                        throw e;
                    }
                }
            }
        }
        return null;
    }

    /** Null of what does something when it is opened. */
    private OwnedFd reopened(LocalNode node) throws ErrnoException {
        if (!node.isDirectory() && !node.isRegular()) {
            return null;
        }
        ThreadMemory memory = ThreadMemory.current();
        Descriptor itself = tree.reach().pin(node, memory);
        try {
            return OwnedFd.of(tree.reach().reopen(itself.fd(), Fd.O_RDONLY | Fd.O_NONBLOCK, memory));
        } finally {
            itself.unpin();
        }
    }

    /** Ids are those of all namespaces: a mount of that id in ours is the one. */
    private static OwnedFd onMounted(int id, long device) throws ErrnoException {
        for (MountInfo.Entry entry : MountInfo.read(MountInfo.THREAD_SELF)) {
            if (entry.id() == id && entry.device() == device) {
                return opened(entry);
            }
        }
        return null;
    }

    /** Null if another mount covers it. */
    private static OwnedFd opened(MountInfo.Entry entry) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        try (OwnedFd root = OwnedFd.of(Fd.open(entry.mountPoint(), Fd.O_PATH | Fd.O_NOFOLLOW, 0))) {
            Failure.check(RawFiles.stat(root.number(), memory.stat()), "statx");
            int type = memory.stat().mode() & LocalNode.S_IFMT;
            boolean harmless = type == LocalNode.S_IFDIR || type == LocalNode.S_IFREG;
            if (!harmless || memory.stat().mountId() != entry.id()) {
                return null;
            }
            int flags = Fd.O_RDONLY | Fd.O_NONBLOCK | Fd.O_NOCTTY;
            return OwnedFd.of(Failure.check(
                    RawFiles.open(Fd.AT_FDCWD, memory.path(root.number()), flags, 0), "open"));
        } catch (ErrnoException e) {
            if (isGone(e)) {
                return null;
            }
            throw e;
        }
    }
}
