package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.spi.tree.FileNode;

/** Operations on names in directories. Each returns the bytes of its reply. */
final class NameOperations {
    private static final int NO_FLAGS = 0;

    private final Served served;
    private final IntentNames once;

    NameOperations(Served served) {
        this.served = served;
        this.once = new IntentNames(served.intents);
    }

    int lookup(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(0);
        request.attributes.clear();
        FileNode found = directory.lookup(name, request.attributes);
        if (found != null) {
            return entry(request, found, name, false);
        }
        int validity = request.attributes.entryValidityMillis;
        if (validity <= 0) {
            throw new ErrnoException(Errno.ENOENT, "lookup");
        }
        Replies.noEntry(request.memory(), request.body(), validity);
        return FuseWire.ENTRY_OUT;
    }

    /**
     * The reply for a node that the tree just handed out, with the request's attributes.
     *
     * @param name of it in the request's directory; null if it has none
     * @param isNew whether it was made by this request
     */
    int entry(Request request, FileNode node, MemoryName name, boolean isNew) {
        long id = served.nodes.add(node, request.node(), name, isNew);
        request.undo.node = id;
        Replies.entry(request.memory(), request.body(), id, request.attributes);
        return FuseWire.ENTRY_OUT;
    }

    void forget(Request request) {
        served.forget(request.node(), request.int64(FuseWire.FORGET_LOOKUPS));
    }

    void forgetMany(Request request) {
        int room = (request.argumentBytes() - FuseWire.BATCH_FORGET_IN) / FuseWire.FORGET_ONE;
        int count = Math.min(request.int32(FuseWire.BATCH_COUNT), room);
        for (int i = 0; i < count; i++) {
            int at = FuseWire.BATCH_FORGET_IN + i * FuseWire.FORGET_ONE;
            served.forget(request.int64(at), request.int64(at + FuseWire.FORGET_ONE_LOOKUPS));
        }
    }

    int makeNode(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(FuseWire.MKNOD_IN);
        request.umask(request.int32(FuseWire.MKNOD_UMASK));
        int mode = request.int32(FuseWire.MKNOD_MODE);
        int device = request.int32(FuseWire.MKNOD_DEVICE);
        request.attributes.clear();
        return entry(request, once.makeNode(directory, name, mode, device, request), name, true);
    }

    int makeDirectory(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(FuseWire.MKDIR_IN);
        request.umask(request.int32(FuseWire.MKDIR_UMASK));
        int mode = request.int32(FuseWire.MKDIR_MODE);
        request.attributes.clear();
        return entry(request, once.makeDirectory(directory, name, mode, request), name, true);
    }

    int makeSymlink(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(0);
        byte[] target = request.nextText().bytes();
        request.attributes.clear();
        return entry(request, once.makeSymlink(directory, name, target, request), name, true);
    }

    int link(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        FileNode file = served.node(request.int64(FuseWire.LINK_NODE));
        MemoryName name = request.name(FuseWire.LINK_IN);
        request.attributes.clear();
        return entry(request, once.link(directory, file, name, request), name, false);
    }

    int unlink(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(0);
        try (NameChange change = new NameChange(served.changes)) {
            long inode = inodeOf(request, name);
            once.unlink(
                    directory,
                    name,
                    inode,
                    request,
                    () -> loses(change, request, name),
                    () -> lost(change, request, name));
        }
        return 0;
    }

    int removeDirectory(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(0);
        try (NameChange change = new NameChange(served.changes)) {
            long inode = inodeOf(request, name);
            once.removeDirectory(
                    directory,
                    name,
                    inode,
                    request,
                    () -> loses(change, request, name),
                    () -> lost(change, request, name));
        }
        return 0;
    }

    /**
     * Inode number of what a name in the request's directory led to last, 0 if that is not known: what a union shows
     * by that name when this is gone is another file.
     */
    private long inodeOf(Request request, MemoryName name) {
        long id = served.intents.areKept() ? served.nodes.names().idOf(request.node(), name) : 0;
        FileNode node = id == 0 ? null : served.nodes.get(id);
        if (node == null) {
            return 0;
        }
        try {
            request.attributes.clear();
            node.attributes(request.attributes);
            return request.attributes.inode;
        } catch (ErrnoException e) {
            return 0;
        }
    }

    private void loses(NameChange change, Request request, MemoryName name) {
        served.aboutToLose(request.node(), name);
        change.begin();
    }

    private void lost(NameChange change, Request request, MemoryName name) {
        change.begin();
        served.nodes.names().removed(request.node(), name);
    }

    int rename(Request request) throws ErrnoException {
        return rename(request, FuseWire.RENAME_IN, NO_FLAGS);
    }

    int renameWithFlags(Request request) throws ErrnoException {
        return rename(request, FuseWire.RENAME2_IN, request.int32(FuseWire.RENAME_FLAGS));
    }

    private int rename(Request request, int names, int flags) throws ErrnoException {
        FileNode from = served.node(request.node());
        FileNode to = served.node(request.int64(FuseWire.RENAME_DIRECTORY));
        MemoryName name = request.name(names);
        MemoryName newName = request.nextName();
        long newDirectory = request.int64(FuseWire.RENAME_DIRECTORY);
        boolean exchange = (flags & At.RENAME_EXCHANGE) != 0;
        try (NameChange change = new NameChange(served.changes)) {
            Runnable before = () -> {
                if (exchange) {
                    served.aboutToLose(request.node(), name);
                }
                served.aboutToLose(newDirectory, newName);
                change.begin();
            };
            once.rename(from, name, inodeOf(request, name), to, newName, flags, request, before, former -> {
                change.begin();
                if (exchange) {
                    served.nodes.names().exchanged(request.node(), name, newDirectory, newName);
                } else if (former == null || !isNoted(former, request, name)) {
                    served.nodes.names().renamed(request.node(), name, newDirectory, newName);
                }
            });
        }
        return 0;
    }

    /** Whether a former process has noted a rename: it knew the name, and nothing has it now. */
    private boolean isNoted(Intent former, Request request, MemoryName name) {
        return former.first() != 0 && served.nodes.names().idOf(request.node(), name) == 0;
    }

    int readLink(Request request) throws ErrnoException {
        byte[] target = served.node(request.node()).readLink();
        if (target.length > Request.MAX_DATA) {
            throw new ErrnoException(Errno.ENAMETOOLONG, "readlink");
        }
        ByteBuffer memory = request.memory();
        memory.put(Request.PAYLOAD, target);
        request.replyAt(Request.PAYLOAD);
        return target.length;
    }
}
