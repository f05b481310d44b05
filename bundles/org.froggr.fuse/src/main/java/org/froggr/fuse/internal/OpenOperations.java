package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;

/** Opening, creating and closing files. Each returns the bytes of its reply. */
final class OpenOperations {
    /** What the kernel leaves in creating opens, and the tree need not know. */
    private static final int NOT_PASSED_ON = Fd.O_NOCTTY | Fd.O_CLOEXEC;

    private final Served served;
    private final NameOperations names;
    private final IntentNames once;

    OpenOperations(Served served, NameOperations names) {
        this.served = served;
        this.names = names;
        this.once = new IntentNames(served.intents);
    }

    int open(Request request) throws ErrnoException {
        int flags = request.int32(FuseWire.OPEN_FLAGS) & ~(NOT_PASSED_ON | Fd.O_CREAT | Fd.O_EXCL);
        FileNode node = served.node(request.node());
        boolean truncated = (flags & Fd.O_TRUNC) != 0;
        OpenFile file = truncated ? openEmpty(node, flags, request) : node.open(flags, request);
        FileHandle handle = new FileHandle(request.node(), file, flags, request.unique());
        boolean killing = (request.int32(FuseWire.OPEN_OPEN_FLAGS) & FuseWire.OPEN_KILL_SUIDGID) != 0;
        if (truncated && killing) {
            clearSetIds(request, handle);
        }
        request.attributes.clear();
        return opened(request, handle, !truncated, request.body());
    }

    /** What was made empty before, for the same request, may have been written to since. */
    private OpenFile openEmpty(FileNode node, int flags, Request request) throws ErrnoException {
        if (served.intents.begin(request) != Intents.NOTHING) {
            return node.open(flags & ~Fd.O_TRUNC, request);
        }
        try {
            OpenFile file = node.open(flags, request);
            served.intents.ended(request, 0);
            return file;
        } catch (ErrnoException e) {
            served.intents.ended(request, Failures.errno(e));
            throw e;
        }
    }

    int create(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        MemoryName name = request.name(FuseWire.CREATE_IN);
        int flags = request.int32(FuseWire.CREATE_FLAGS) & ~(NOT_PASSED_ON | Fd.O_CREAT);
        int mode = request.int32(FuseWire.CREATE_MODE);
        request.umask(request.int32(FuseWire.CREATE_UMASK));
        request.attributes.clear();
        return created(request, flags, once.create(directory, name, flags, mode, request), name);
    }

    int createUnnamed(Request request) throws ErrnoException {
        FileNode directory = served.node(request.node());
        int flags = request.int32(FuseWire.CREATE_FLAGS) & ~(NOT_PASSED_ON | Fd.O_CREAT);
        int mode = request.int32(FuseWire.CREATE_MODE);
        request.umask(request.int32(FuseWire.CREATE_UMASK));
        request.attributes.clear();
        return created(request, flags, directory.createUnnamed(flags, mode, request, request.attributes), null);
    }

    private int created(Request request, int flags, CreatedFile created, MemoryName name) throws ErrnoException {
        boolean isNew = name == null || (flags & Fd.O_EXCL) != 0;
        int length = names.entry(request, created.node(), name, isNew);
        FileHandle handle = new FileHandle(request.undo.node, created.file(), flags, request.unique());
        boolean truncated = (flags & Fd.O_TRUNC) != 0;
        boolean killing = (request.int32(FuseWire.CREATE_OPEN_FLAGS) & FuseWire.OPEN_KILL_SUIDGID) != 0;
        if (truncated && killing) {
            clearSetIds(request, handle);
        }
        return length + opened(request, handle, false, request.body() + length);
    }

    /** With HANDLE_KILLPRIV_V2 a truncation by open(2) takes set-ids away, which trees do in a change. */
    private void clearSetIds(Request request, FileHandle handle) throws ErrnoException {
        try {
            request.attributes.clear();
            handle.file().attributes(request.attributes);
            if (Served.hasSetIds(request.attributes)) {
                request.changes.what = AttributeChanges.SIZE | AttributeChanges.CLEAR_SET_IDS;
                request.changes.size = 0;
                handle.file().change(request.changes, request, request.attributes);
                served.setIdsCleared(handle.node());
            }
        } catch (ErrnoException | RuntimeException | LinkageError e) {
            served.close(handle);
            throw e;
        }
    }

    private int opened(Request request, FileHandle handle, boolean mayKeep, int at) throws ErrnoException {
        int backing = served.passthrough.opened(handle);
        int flags = backing > 0 ? passthroughFlags(request, handle) : 0;
        if (backing == 0 && mayKeep && isUnchanged(request, handle)) {
            flags = FuseWire.FOPEN_KEEP_CACHE;
        }
        long number = number(handle);
        served.opened(handle);
        request.undo.handle = number;
        reply(request.memory(), at, number, flags, backing);
        return FuseWire.OPEN_OUT;
    }

    /**
     * The kernel writes a backing file with the platform's privileges, which leave set-ids as they are. So what
     * is written to a file that has some comes here (DIRECT_IO), and only its mappings are of the backing file.
     */
    private static int passthroughFlags(Request request, FileHandle handle) {
        if (!handle.isWritable()) {
            return FuseWire.FOPEN_PASSTHROUGH;
        }
        try {
            // Known if it was created, else cleared
            if (request.attributes.mode == 0) {
                handle.file().attributes(request.attributes);
            }
        } catch (ErrnoException e) {
            return FuseWire.FOPEN_PASSTHROUGH | FuseWire.FOPEN_DIRECT_IO;
        }
        return Served.hasSetIds(request.attributes)
                ? FuseWire.FOPEN_PASSTHROUGH | FuseWire.FOPEN_DIRECT_IO
                : FuseWire.FOPEN_PASSTHROUGH;
    }

    private long number(Handle handle) throws ErrnoException {
        try {
            return served.handles.add(handle);
        } catch (ErrnoException e) {
            served.close(handle);
            throw e;
        }
    }

    static void reply(ByteBuffer memory, int at, long number, int flags, int backing) {
        memory.putLong(at + FuseWire.OPEN_OUT_HANDLE, number);
        memory.putInt(at + FuseWire.OPEN_OUT_FLAGS, flags);
        memory.putInt(at + FuseWire.OPEN_OUT_BACKING, backing);
    }

    /** Whether what the kernel cached since the last open is of these very contents. */
    private boolean isUnchanged(Request request, FileHandle handle) {
        Attributes attributes = request.attributes;
        attributes.clear();
        try {
            handle.file().attributes(attributes);
        } catch (ErrnoException e) {
            return false;
        }
        return served.nodes.sameVersion(handle.node(), version(attributes));
    }

    /** A number that differs with size, time of modification or time of change; never 0. */
    static long version(Attributes a) {
        long version = a.size;
        version = version * 31 + a.modifySeconds;
        version = version * 1_000_000_007L + a.modifyNanos;
        version = version * 31 + a.changeSeconds;
        version = version * 1_000_000_007L + a.changeNanos;
        return version == 0 ? 1 : version;
    }

    int flush(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        try {
            handle.flush();
        } finally {
            served.locks.ownerClosed(handle, request.int64(FuseWire.LOCK_OWNER));
        }
        return 0;
    }

    int release(Request request) throws ErrnoException {
        served.releases.begin();
        try {
            return closeHandle(request);
        } finally {
            served.releases.end();
        }
    }

    private int closeHandle(Request request) throws ErrnoException {
        long number = request.int64(FuseWire.HANDLE);
        FileHandle handle = served.handles.file(number);
        if (served.handles.remove(number) == null) {
            // Somebody else was faster, which no kernel is
            return 0;
        }
        if ((request.int32(FuseWire.RELEASE_FLAGS) & FuseWire.RELEASE_FLOCK_UNLOCK) != 0) {
            served.locks.unlockWhole(handle, request.int64(FuseWire.LOCK_OWNER));
        }
        served.close(handle);
        return 0;
    }
}
