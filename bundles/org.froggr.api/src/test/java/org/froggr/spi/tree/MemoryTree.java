package org.froggr.spi.tree;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * A tree in memory with the semantics of POSIX: hard links, renames with flags, files that are open and have
 * no name, extended attributes, times. Permissions are not checked, as the SPI says; ACLs and locks are not
 * there. Everything is done under the lock of the tree.
 *
 * <p>Tests make it fail, fill it up, and read the look-up counts that are not given back yet.
 */
public final class MemoryTree implements FileTree {
    private static final AtomicLong DEVICES = new AtomicLong(0x100);

    final InstantSource clock;
    final long device;

    private final MemoryNode root;
    private final List<TreeListener> listeners = new CopyOnWriteArrayList<>();

    private long nextInode = 2;
    private volatile Errno failure;
    private volatile Errno changeFailure;
    private volatile int validityMillis = Attributes.DEFAULT_VALIDITY_MILLIS;

    /** Look-ups of all nodes that were not given back. */
    final AtomicLong lookups = new AtomicLong();

    /** Open files and directories. */
    final AtomicLong handles = new AtomicLong();

    /** An empty directory, 0755, on a device of its own. */
    public MemoryTree() {
        this(InstantSource.system(), DEVICES.getAndIncrement());
    }

    /** One that takes its times from this clock. */
    public MemoryTree(InstantSource clock, long device) {
        this.clock = clock;
        this.device = device;
        root = new MemoryNode(this, 1, 0040755, 0, 0, 0);
        root.links = 2;
        root.parent = root;
    }

    @Override
    public MemoryNode root() {
        return root;
    }

    @Override
    public void space(FileSystemSpace out) throws ErrnoException {
        check();
        out.blocks = 1 << 20;
        out.blocksFree = out.blocksAvailable = 1 << 19;
        out.files = 1 << 20;
        out.filesFree = out.files - nextInode;
        out.blockSize = out.fragmentSize = MemoryContent.PAGE;
        out.nameLength = 255;
    }

    @Override
    public AutoCloseable watch(TreeListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Those who want to be told of changes from elsewhere: a test tells them. */
    public List<TreeListener> listeners() {
        return listeners;
    }

    /** From now on every operation fails with this error; with null they work again. */
    public void fail(Errno errno) {
        failure = errno;
    }

    /** From now on what changes the tree fails with this error, such as ENOSPC or EROFS; with null it works again. */
    public void failChanges(Errno errno) {
        changeFailure = errno;
    }

    /** How long what this tree says is valid. */
    public void validity(int millis) {
        validityMillis = millis;
    }

    /** Look-ups that were not given back: 0 when nobody uses a node any more. */
    public long lookups() {
        return lookups.get();
    }

    /** Open files and directories. */
    public long handles() {
        return handles.get();
    }

    long newInode() {
        return nextInode++;
    }

    int validityMillis() {
        return validityMillis;
    }

    void check() throws ErrnoException {
        Errno errno = failure;
        if (errno != null) {
            throw new ErrnoException(errno, "memory");
        }
    }

    void checkChange() throws ErrnoException {
        check();
        Errno errno = changeFailure;
        if (errno != null) {
            throw new ErrnoException(errno, "memory");
        }
    }
}
