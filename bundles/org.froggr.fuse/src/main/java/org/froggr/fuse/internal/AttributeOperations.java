package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.FileSystemSpace;

/** Operations on attributes. Each returns the bytes of its reply. */
final class AttributeOperations {
    /** What of fuse_setattr_in.valid a tree is told; its numbers are the same. */
    private static final int CHANGES = AttributeChanges.MODE
            | AttributeChanges.UID
            | AttributeChanges.GID
            | AttributeChanges.SIZE
            | AttributeChanges.ACCESS_TIME
            | AttributeChanges.MODIFY_TIME
            | AttributeChanges.ACCESS_NOW
            | AttributeChanges.MODIFY_NOW
            | AttributeChanges.CLEAR_SET_IDS;

    private static final int NANOS = 1_000_000_000;

    private final Served served;

    AttributeOperations(Served served) {
        this.served = served;
    }

    int get(Request request) throws ErrnoException {
        fetch(request);
        Replies.attributesOut(request.memory(), request.body(), request.attributes);
        return FuseWire.ATTR_OUT;
    }

    int getExtended(Request request) throws ErrnoException {
        fetch(request);
        int body = request.emptyBody(FuseWire.STATX_OUT);
        Replies.statx(request.memory(), body, request.attributes);
        return FuseWire.STATX_OUT;
    }

    private void fetch(Request request) throws ErrnoException {
        request.attributes.clear();
        if ((request.int32(FuseWire.GETATTR_FLAGS) & FuseWire.GETATTR_FH) != 0) {
            served.handles.file(request.int64(FuseWire.GETATTR_HANDLE)).file().attributes(request.attributes);
        } else {
            served.node(request.node()).attributes(request.attributes);
        }
    }

    int set(Request request) throws ErrnoException {
        AttributeChanges changes = request.changes;
        int valid = request.int32(FuseWire.SETATTR_VALID);
        changes.what = valid & CHANGES;
        changes.mode = request.int32(FuseWire.SETATTR_MODE);
        changes.uid = request.int32(FuseWire.SETATTR_UID);
        changes.gid = request.int32(FuseWire.SETATTR_GID);
        changes.size = request.int64(FuseWire.SETATTR_SIZE);
        if (changes.has(AttributeChanges.SIZE) && changes.size < 0) {
            throw new ErrnoException(Errno.EINVAL, "setattr");
        }
        changes.accessSeconds = request.int64(FuseWire.SETATTR_ATIME);
        changes.accessNanos = nanos(request.int32(FuseWire.SETATTR_ATIME_NANOS));
        changes.modifySeconds = request.int64(FuseWire.SETATTR_MTIME);
        changes.modifyNanos = nanos(request.int32(FuseWire.SETATTR_MTIME_NANOS));
        request.attributes.clear();
        served.intents.again(request, () -> change(request));
        if (request.attributes.mode == 0) {
            // It was done before
            if ((valid & FuseWire.FATTR_FH) != 0) {
                served.handles.file(request.int64(FuseWire.SETATTR_HANDLE)).file().attributes(request.attributes);
            } else {
                served.node(request.node()).attributes(request.attributes);
            }
        }
        Replies.attributesOut(request.memory(), request.body(), request.attributes);
        return FuseWire.ATTR_OUT;
    }

    private long change(Request request) throws ErrnoException {
        if ((request.int32(FuseWire.SETATTR_VALID) & FuseWire.FATTR_FH) != 0) {
            served.handles
                    .file(request.int64(FuseWire.SETATTR_HANDLE))
                    .file()
                    .change(request.changes, request, request.attributes);
        } else {
            served.node(request.node()).change(request.changes, request, request.attributes);
        }
        return 0;
    }

    private static int nanos(int nanos) throws ErrnoException {
        if (nanos < 0 || nanos >= NANOS) {
            throw new ErrnoException(Errno.EINVAL, "setattr");
        }
        return nanos;
    }

    int space(Request request) throws ErrnoException {
        FileSystemSpace space = new FileSystemSpace();
        served.tree.space(space);
        ByteBuffer memory = request.memory();
        int body = request.emptyBody(FuseWire.STATFS_OUT);
        memory.putLong(body + FuseWire.STATFS_BLOCKS, space.blocks);
        memory.putLong(body + FuseWire.STATFS_FREE, space.blocksFree);
        memory.putLong(body + FuseWire.STATFS_AVAILABLE, space.blocksAvailable);
        memory.putLong(body + FuseWire.STATFS_FILES, space.files);
        memory.putLong(body + FuseWire.STATFS_FILES_FREE, space.filesFree);
        memory.putInt(body + FuseWire.STATFS_BLOCK_SIZE, space.blockSize);
        memory.putInt(body + FuseWire.STATFS_NAME_LENGTH, space.nameLength);
        memory.putInt(body + FuseWire.STATFS_FRAGMENT_SIZE, space.fragmentSize);
        return FuseWire.STATFS_OUT;
    }

    int sync() throws ErrnoException {
        served.tree.sync();
        return 0;
    }
}
