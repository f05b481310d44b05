package org.froggr.backend.local.internal;

import java.util.Objects;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.StatxBuffer;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TreeListener;

/**
 * A local directory with all that is below it, or a local file. Works on a descriptor: what the path that
 * led to it means later does not matter.
 */
public final class LocalTree implements FileTree, AutoCloseable {
    // struct statfs
    private static final int BLOCK_SIZE = 8;
    private static final int BLOCKS = 16;
    private static final int BLOCKS_FREE = 24;
    private static final int BLOCKS_AVAILABLE = 32;
    private static final int FILES = 40;
    private static final int FILES_FREE = 48;
    private static final int NAME_LENGTH = 64;
    private static final int FRAGMENT_SIZE = 72;

    private final LocalOptions options;
    private final Shared shared;
    private final NodeTable nodes = new NodeTable();
    private final SourceMounts mounts = new SourceMounts(this);
    private final Coherence coherence;
    private final Reach reach;
    private final Making making = new Making(this);
    private final Removing removing = new Removing(this);
    private final Xattrs xattrs = new Xattrs(this);
    private final Handles handles = new Handles(this);
    private final Replaced replaced = new Replaced(nodes);
    private final Descriptor rootDescriptor;
    private final LocalNode root;
    private boolean closed;

    private LocalTree(int fd, LocalOptions options, Shared shared) throws ErrnoException {
        this.options = options;
        this.shared = shared;
        this.coherence = new Coherence(this, shared.upkeep());
        this.reach = new Reach(nodes, shared.cache());
        this.rootDescriptor = Descriptor.path(fd);
        this.root = makeRoot(fd);
    }

    /**
     * The tree below a directory, or a file alone.
     *
     * @param descriptor of it, duplicated; opened with O_PATH or otherwise
     * @throws ErrnoException ELOOP for a symbolic link, EPERM if {@link LocalOptions#submounts} is off and
     *     this process may not clone a mount
     */
    public static LocalTree open(int descriptor, LocalOptions options) throws ErrnoException {
        return open(descriptor, options, Shared.use());
    }

    static LocalTree open(int descriptor, LocalOptions options, Shared shared) throws ErrnoException {
        Objects.requireNonNull(options);
        OwnedFd root = null;
        try {
            root = OwnedFd.of(options.submounts() ? Fd.dup(descriptor) : alone(descriptor));
            LocalTree tree = new LocalTree(root.number(), options, shared);
            root.release();
            shared.upkeep().add(tree);
            return tree;
        } catch (ErrnoException e) {
            if (root != null) {
                root.close();
            }
            shared.release();
            throw e;
        }
    }

    /** A clone of the mount that has nothing mounted below, and gets nothing. */
    private static int alone(int descriptor) throws ErrnoException {
        int clone = Mounts.openTree(descriptor, BytePath.of(""), true, false);
        try {
            Mounts.setAttributes(clone, false, 0, 0, Mounts.MS_PRIVATE);
            return clone;
        } catch (ErrnoException e) {
            Fd.closeQuietly(clone);
            throw e;
        }
    }

    private LocalNode makeRoot(int fd) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        StatxBuffer stat = memory.stat();
        Failure.check(RawFiles.stat(fd, stat), "statx");
        LocalNode node = LocalNode.of(mounts.of(stat, null, fd, ThreadMemory.EMPTY), stat);
        if (node.isSymlink()) {
            throw new ErrnoException(Errno.ELOOP, "attach");
        }
        if (node instanceof LocalDirectory directory) {
            directory.descriptor = rootDescriptor;
        }
        nodes.addRoot(node);
        if (!node.isDirectory()) {
            nodes.hold(node, rootDescriptor);
        }
        return node;
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Failure.check(RawFiles.statfs(rootDescriptor.fd(), memory.argumentsAddress()), "fstatfs");
        var result = memory.arguments();
        out.blockSize = (int) result.getLong(BLOCK_SIZE);
        out.blocks = result.getLong(BLOCKS);
        out.blocksFree = result.getLong(BLOCKS_FREE);
        out.blocksAvailable = result.getLong(BLOCKS_AVAILABLE);
        out.files = result.getLong(FILES);
        out.filesFree = result.getLong(FILES_FREE);
        out.nameLength = (int) result.getLong(NAME_LENGTH);
        out.fragmentSize = (int) result.getLong(FRAGMENT_SIZE);
    }

    @Override
    public AutoCloseable watch(TreeListener listener) {
        return coherence.listen(listener);
    }

    @Override
    public FileNode find(byte[] persistentHandle) throws ErrnoException {
        return handles.find(persistentHandle);
    }

    @Override
    public void sync() throws ErrnoException {
        int fd = reach.reopen(rootDescriptor.fd(), Fd.O_RDONLY | Fd.O_NONBLOCK, ThreadMemory.current());
        int result = RawFiles.syncFileSystem(fd);
        RawFiles.close(fd);
        Failure.check(result, "syncfs");
    }

    /** Whether the root is still there. */
    boolean answers() {
        return RawFiles.stat(rootDescriptor.fd(), ThreadMemory.current().stat()) == 0;
    }

    /** Nodes in use. */
    int nodeCount() {
        return nodes.size();
    }

    /**
     * Gives back what the tree itself holds; files and directories that are open stay so. Idempotent; nodes
     * answer ESTALE afterwards.
     */
    @Override
    public void close() throws ErrnoException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        shared.upkeep().remove(this);
        replaced.clear();
        disposeDropped();
        for (LocalNode node : nodes.all()) {
            if (node != root) {
                node.dispose();
            }
        }
        if (root instanceof LocalDirectory directory) {
            directory.descriptor = null;
            rootDescriptor.unpin();
        } else {
            root.dispose();
        }
        shared.release();
    }

    // For the classes of this package, each of which knows what it needs of the tree.

    LocalOptions options() {
        return options;
    }

    NodeTable nodes() {
        return nodes;
    }

    SourceMounts mounts() {
        return mounts;
    }

    Reach reach() {
        return reach;
    }

    Coherence coherence() {
        return coherence;
    }

    Making making() {
        return making;
    }

    Removing removing() {
        return removing;
    }

    Xattrs xattrs() {
        return xattrs;
    }

    Replaced replaced() {
        return replaced;
    }

    Handles handles() {
        return handles;
    }

    DirectoryCache cache() {
        return shared.cache();
    }

    ListingBuffers listingBuffers() {
        return shared.buffers();
    }

    int rootDescriptor() {
        return rootDescriptor.fd();
    }

    long rootMountId() {
        return root.mount.mountId();
    }

    /** Where the root is now, seen from this process. */
    BytePath path() throws ErrnoException {
        return MountChanges.pathOf(rootDescriptor.fd());
    }

    /** A node of this tree. */
    LocalNode own(FileNode node) throws ErrnoException {
        if (node instanceof LocalNode local && local.tree() == this) {
            return local;
        }
        throw new ErrnoException(Errno.EXDEV, "node of another tree");
    }

    void checkWritable(String operation) throws ErrnoException {
        if (options.readOnly()) {
            throw new ErrnoException(Errno.EROFS, operation);
        }
    }

    /** Closes what dropped nodes held. */
    void disposeDropped() {
        if (!nodes.hasDropped()) {
            return;
        }
        for (LocalNode node : nodes.takeDropped()) {
            node.dispose();
        }
        nodes.takeReleased().forEach(Descriptor::unpin);
    }
}
