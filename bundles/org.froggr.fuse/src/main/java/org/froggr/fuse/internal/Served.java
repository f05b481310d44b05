package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/** One tree being served: what all operations of a connection share. */
final class Served {
    /** S_ISUID and S_ISGID of inode(7). */
    private static final int SET_IDS = 06000;

    final FileTree tree;
    final Protocol protocol;
    final KernelChannel channel;
    final NodeTable nodes;
    final HandleTable handles = new HandleTable();
    final Passthrough passthrough;
    final Locks locks;
    final SideChannel side;
    final Complaints complaints;
    final Intents intents;

    /** Operations that were given up, whose threads have not come back. */
    final AtomicInteger overdue = new AtomicInteger();

    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();

    Served(FileTree tree, Protocol protocol, KernelChannel channel, Complaints complaints, Intents intents) {
        this.intents = intents;
        this.tree = tree;
        this.protocol = protocol;
        this.channel = channel;
        this.complaints = complaints;
        this.nodes = new NodeTable(tree.root());
        this.passthrough = new Passthrough(channel, protocol.has(FuseWire.PASSTHROUGH), complaints);
        this.side = new SideChannel(channel);
        this.locks = new Locks(side);
    }

    /** The node of that id; ESTALE if the kernel does not know it. */
    FileNode node(long id) throws ErrnoException {
        FileNode node = nodes.get(id);
        if (node == null) {
            throw new ErrnoException(Errno.ESTALE, "node");
        }
        return node;
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
        try {
            handle.close();
        } catch (ErrnoException | RuntimeException | LinkageError e) {
            complaints.say("A file could not be closed", e);
        }
    }

    /** Takes back a look-up that the kernel has not heard of or has given back. */
    void forget(long id, long lookups) {
        FileNode node = nodes.get(id);
        long taken = nodes.forget(id, lookups);
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
        locks.close();
        handles.drain().forEach(this::close);
        nodes.drain(this::forget);
        intents.close();
    }
}
