package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;

/** Listing directories. Each returns the bytes of its reply. */
final class DirectoryOperations {
    private final Served served;

    DirectoryOperations(Served served) {
        this.served = served;
    }

    int open(Request request) throws ErrnoException {
        FileNode node = served.node(request.node());
        OpenDirectory directory = node.openDirectory(request);
        DirectoryHandle handle = new DirectoryHandle(request.node(), directory, 0, request.unique());
        int flags = cacheFlags(request, node);
        long number;
        try {
            number = served.handles.add(handle);
        } catch (ErrnoException e) {
            served.close(handle);
            throw e;
        }
        served.opened(handle);
        request.undo.handle = number;
        OpenOperations.reply(request.memory(), request.body(), number, flags, 0);
        return FuseWire.OPEN_OUT;
    }

    /**
     * The kernel may keep a listing where the tree tells of changes, which it says by long validities. Times
     * of modification alone are not enough: a union has only one for all its members.
     */
    private int cacheFlags(Request request, FileNode node) {
        Attributes attributes = request.attributes;
        attributes.clear();
        try {
            node.attributes(attributes);
        } catch (ErrnoException e) {
            return 0;
        }
        if (attributes.validityMillis <= Attributes.DEFAULT_VALIDITY_MILLIS) {
            return 0;
        }
        boolean same = served.nodes.sameVersion(request.node(), OpenOperations.version(attributes));
        return same ? FuseWire.FOPEN_CACHE_DIR | FuseWire.FOPEN_KEEP_CACHE : FuseWire.FOPEN_CACHE_DIR;
    }

    int read(Request request) throws ErrnoException {
        return list(request, 0);
    }

    int readWithAttributes(Request request) throws ErrnoException {
        int length = list(request, FuseWire.ENTRY_OUT);
        FileNode directory = served.node(request.node());
        request.undo.listing = length;
        ByteBuffer memory = request.memory();
        int end = Request.PAYLOAD + length;
        // What follows a name is zero as yet, also behind the last one: names need a NUL at their end.
        memory.put(end, (byte) 0);
        for (int at = Request.PAYLOAD; at < end; at += entryBytes(memory, at)) {
            lookUp(request, directory, at);
        }
        return length;
    }

    private static int entryBytes(ByteBuffer memory, int at) {
        int nameLength = memory.getInt(at + FuseWire.ENTRY_OUT + FuseWire.DIRENT_NAME_LENGTH);
        return FuseWire.align(FuseWire.ENTRY_OUT + FuseWire.DIRENT + nameLength);
    }

    /** Fills the attributes of one entry; without a node id, as where that fails, it is a plain entry. */
    private void lookUp(Request request, FileNode directory, int at) {
        ByteBuffer memory = request.memory();
        int dirent = at + FuseWire.ENTRY_OUT;
        int nameAt = dirent + FuseWire.DIRENT;
        int length = memory.getInt(dirent + FuseWire.DIRENT_NAME_LENGTH);
        if (Listing.isDots(memory, nameAt, length)) {
            return;
        }
        request.attributes.clear();
        try {
            MemoryName name = request.nameAt(nameAt, length);
            FileNode found = directory.lookup(name, request.attributes);
            if (found != null) {
                long id = served.nodes.add(found, request.node(), name, false);
                Replies.entry(memory, at, id, request.attributes);
            }
        } catch (ErrnoException e) {
            memory.putLong(at + FuseWire.ENTRY_NODE, 0);
        }
    }

    private int list(Request request, int before) throws ErrnoException {
        DirectoryHandle handle = served.handles.directory(request.int64(FuseWire.HANDLE));
        int size = request.int32(FuseWire.IO_SIZE);
        if (size < 0) {
            throw new ErrnoException(Errno.EINVAL, "readdir");
        }
        int room = Math.min(size, Request.MAX_DATA);
        Listing listing = new Listing(request.memory(), Request.PAYLOAD, room, before);
        long offset = request.int64(FuseWire.IO_OFFSET);
        if (addDots(request, listing, offset)) {
            handle.directory().read(Listing.treeOffset(offset), listing);
        }
        if (listing.length() == 0 && listing.isFull()) {
            // Not even one name: an empty reply would say that the directory ends here.
            throw new ErrnoException(Errno.EINVAL, "readdir");
        }
        request.replyAt(Request.PAYLOAD);
        return listing.length();
    }

    private boolean addDots(Request request, Listing listing, long offset) throws ErrnoException {
        if (!Listing.isBeforeNames(offset)) {
            return true;
        }
        FileNode directory = served.node(request.node());
        long inode = inode(request, directory);
        long parent = served.nodes.parentOf(request.node());
        return listing.addDots(offset, inode, parent == 0 ? inode : inode(request, served.node(parent)));
    }

    /** As far as it can be known: a name with the number 0 would count as removed (readdir(3)). */
    private static long inode(Request request, FileNode node) {
        request.attributes.clear();
        try {
            node.attributes(request.attributes);
        } catch (ErrnoException e) {
            return 1;
        }
        return request.attributes.inode;
    }

    int sync(Request request) throws ErrnoException {
        boolean dataOnly = (request.int32(FuseWire.FSYNC_FLAGS) & FuseWire.FSYNC_DATA_ONLY) != 0;
        served.handles.directory(request.int64(FuseWire.HANDLE)).directory().sync(dataOnly);
        return 0;
    }

    int release(Request request) throws ErrnoException {
        long number = request.int64(FuseWire.HANDLE);
        DirectoryHandle handle = served.handles.directory(number);
        if (served.handles.remove(number) != null) {
            served.close(handle);
        }
        return 0;
    }

    /** Takes back the look-ups of a listing with attributes that the kernel did not take. */
    void undo(Request request) {
        ByteBuffer memory = request.memory();
        int end = Request.PAYLOAD + request.undo.listing;
        for (int at = Request.PAYLOAD; at < end; at += entryBytes(memory, at)) {
            long id = memory.getLong(at + FuseWire.ENTRY_NODE);
            if (id != 0) {
                served.forget(id, 1);
            }
        }
    }
}
