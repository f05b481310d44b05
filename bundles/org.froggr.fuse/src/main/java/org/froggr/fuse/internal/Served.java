package org.froggr.fuse.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.OwnRequest;

/** One tree being served: what all operations of a connection share. */
final class Served {
    /** S_ISUID and S_ISGID of inode(7). */
    private static final int SET_IDS = 06000;

    /** Flags of open(2) that count when a file is opened first. */
    private static final int ONCE =
            Fd.O_CREAT | Fd.O_EXCL | Fd.O_TRUNC | Fd.O_NOFOLLOW | Fd.O_NOCTTY | RawFiles.O_TMPFILE;

    /** See {@link FileNode#persistentHandle}. */
    private static final int MOST_HANDLE_BYTES = 160;

    final FileTree tree;
    final Protocol protocol;
    final KernelChannel channel;
    final NodeTable nodes;
    final HandleTable handles = new HandleTable();
    final Passthrough passthrough;
    final Locks locks;
    final Releases releases = new Releases();
    final SideChannel side;
    final Complaints complaints;
    final Intents intents;
    final Resends resends;

    /** Null if no former process is in the way. */
    volatile Postponed postponed;

    /** Operations that were given up, whose threads have not come back. */
    final AtomicInteger overdue = new AtomicInteger();

    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final NameChanges changes;

    /** Null if nothing is kept for a successor. */
    private final Kept kept;

    private final Resolver resolver;
    private final Losses losses = new Losses();
    private boolean isTakenOver;

    Served(FileTree tree, Protocol protocol, KernelChannel channel, Complaints complaints) {
        this(tree, protocol, channel, complaints, null);
    }

    /** @param kept where what a successor needs goes, see {@link #keep} and {@link #restore}; null for nowhere */
    Served(FileTree tree, Protocol protocol, KernelChannel channel, Complaints complaints, Kept kept) {
        this(tree, protocol, channel, complaints, kept, new Intents(kept == null ? null : kept.intents));
    }

    Served(
            FileTree tree,
            Protocol protocol,
            KernelChannel channel,
            Complaints complaints,
            Kept kept,
            Intents intents) {
        this.kept = kept;
        this.intents = intents;
        this.tree = tree;
        this.protocol = protocol;
        this.channel = channel;
        this.complaints = complaints;
        this.nodes = new NodeTable(tree.root());
        this.passthrough = new Passthrough(channel, protocol.has(FuseWire.PASSTHROUGH), complaints);
        this.side = new SideChannel(channel);
        this.resends = new Resends(side);
        this.locks = new Locks(side, kept == null ? null : kept.locks);
        this.changes = new NameChanges(nodes);
        this.resolver = new Resolver(tree, nodes, changes);
    }

    /** Keeps all from the beginning. */
    void keep() throws ErrnoException {
        nodes.keep(kept.nodes, kept::abandon);
        handles.keep(kept.handles, kept::abandon);
    }

    /** Goes on with what another process kept. EUCLEAN if it cannot be used. */
    void restore() throws ErrnoException {
        isTakenOver = true;
        nodes.restore(kept.nodes, kept::abandon);
        handles.restore(kept.handles, kept::abandon, this::restored);
    }

    private Handle restored(KeptHandles.Opening opening) {
        long node = opening.node();
        int flags = opening.flags();
        nodes.names().opened(node, 1);
        if (opening.directory()) {
            Late<OpenDirectory> directory = Late.by(() -> node(node).openDirectory(OwnRequest.SELF));
            return new DirectoryHandle(node, directory, flags, opening.unique());
        }
        FileHandle file = new FileHandle(node, Late.by(() -> openAnew(node, flags)), flags, opening.unique());
        passthrough.restored(file, opening.backing());
        return file;
    }

    private OpenFile openAnew(long node, int flags) throws ErrnoException {
        try {
            return node(node).open(flags & ~ONCE, OwnRequest.SELF);
        } catch (ErrnoException e) {
            losses.add("A file that was open cannot be opened any more: " + nodes.names().pathOf(node) + ": "
                    + Errno.describe(e.number()));
            // A program has opened it, so what is wrong is not what it may do
            throw e.is(Errno.ESTALE) ? e : new ErrnoException(Errno.EIO, "open");
        }
    }

    Losses losses() {
        return losses;
    }

    /** The node of that id; ESTALE if the kernel does not know it, or if it cannot be found any more. */
    FileNode node(long id) throws ErrnoException {
        FileNode node = nodes.get(id);
        return node != null ? node : resolver.find(id);
    }

    /** Something was opened and has its number. */
    void opened(Handle handle) {
        if (kept != null) {
            nodes.names().opened(handle.node(), 1);
            preserve(handle.node(), false);
        }
    }

    /**
     * A name is about to lead to nothing, or to something else. What is open by that name is found by a successor
     * in another way then, if the tree has one.
     */
    void aboutToLose(long directory, MemoryName name) {
        long id = kept == null ? 0 : nodes.names().idOf(directory, name);
        if (id != 0) {
            preserve(id, true);
        }
    }

    private void preserve(long id, boolean isNamed) {
        if (!nodes.names().isHandleNeeded(id, isNamed)) {
            return;
        }
        try {
            FileNode node = node(id);
            openAll(id);
            byte[] handle = node.persistentHandle();
            if (handle != null && handle.length > 0 && handle.length <= MOST_HANDLE_BYTES) {
                nodes.names().handle(id, handle);
            }
        } catch (ErrnoException | RuntimeException | LinkageError e) {
            complaints.say("A file that loses its name while it is open cannot be kept for a successor", e);
        }
    }

    /** What was open before a take-over is opened while it has a name. */
    private void openAll(long id) throws ErrnoException {
        for (Handle handle : restored()) {
            if (handle.node() == id) {
                handle.ensureOpen();
            }
        }
    }

    private List<Handle> restored() {
        return isTakenOver ? handles.all() : List.of();
    }

    /** A request comes again that another process had taken: what that opened was never handed out. */
    void resent(long unique) {
        locks.resent(unique);
        for (Handle handle : restored()) {
            // What was opened here is not handed out yet perhaps, but will be: the request is in work twice
            if (handle.isRestored() && ((handle.unique() ^ unique) & ~FuseWire.UNIQUE_RESEND) == 0) {
                handles.remove(handle.number());
                close(handle);
            }
        }
    }

    /** Whether these are attributes of a file that lends its user or group to those who run it. */
    static boolean hasSetIds(Attributes attributes) {
        return (attributes.mode & SET_IDS) != 0;
    }

    /**
     * Has the kernel ask again for the mode of a file whose set-ids went with a write or truncation, which it
     * does not do by itself. Takes no lock there that an operation could hold.
     */
    void setIdsCleared(long id) {
        side.invalidate(id, SideChannel.ATTRIBUTES_ONLY);
    }

    /** Closes a handle that the kernel has given back, or has not taken. */
    void close(Handle handle) {
        if (handle instanceof FileHandle file) {
            passthrough.closed(file);
            locks.closed(file);
        }
        if (kept != null && handle.number() != 0) {
            nodes.names().opened(handle.node(), -1);
        }
        try {
            handle.close();
        } catch (ErrnoException | RuntimeException | LinkageError e) {
            complaints.say("A file could not be closed", e);
        }
    }

    /** Takes back a look-up that the kernel has not heard of or has given back. */
    void forget(long id, long lookups) {
        FileNode node;
        long taken;
        synchronized (nodes) {
            node = nodes.get(id);
            taken = nodes.forget(id, lookups);
        }
        if (taken > 0) {
            forget(node, taken);
        }
    }

    void forget(FileNode node, long lookups) {
        try {
            node.forget(lookups);
        } catch (RuntimeException | LinkageError e) {
            complaints.say("A file could not be forgotten", e);
        }
    }

    /** Ends it: closes and forgets all that the tree handed out. No operation runs any more. */
    void close() {
        detach();
        locks.close();
        handles.drain().forEach(this::close);
        nodes.drain(this::forget);
        if (kept != null) {
            kept.remove();
        }
    }

    /** Nothing of what happens from now on is kept. */
    void detach() {
        if (kept != null) {
            nodes.names().detach();
            handles.detach();
            kept.locks.detach();
            kept.intents.detach();
        }
    }

    boolean isKept() {
        return kept != null;
    }

    /**
     * What was kept is a successor's from now on, or nobody's, although an operation may still run here.
     *
     * @param isNobodys whether it is removed
     */
    void release(boolean isNobodys) {
        if (kept != null) {
            detach();
            kept.release(isNobodys);
        }
    }

    /**
     * Ends it here and leaves it to a successor: gives back what the tree handed out, and nothing that is the
     * kernel's. No operation runs any more.
     */
    void leave() {
        detach();
        locks.leave();
        for (Handle handle : handles.drain()) {
            try {
                handle.close();
            } catch (ErrnoException | RuntimeException | LinkageError e) {
                complaints.say("A file could not be closed", e);
            }
        }
        nodes.drain(this::forget);
        kept.leave();
    }
}
