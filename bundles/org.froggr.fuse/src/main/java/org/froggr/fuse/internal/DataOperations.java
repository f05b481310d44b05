package org.froggr.fuse.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.OpenFile;

/** Operations on the contents of open files. Each returns the bytes of its reply. */
final class DataOperations {
    // linux/fs.h
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    /** What a reply of 32 bits can say; a multiple of the page size (MAX_RW_COUNT of linux/fs.h). */
    private static final long MOST_COPIED = 0x7ffff000L;

    private final Served served;
    private final IntentContents once;

    DataOperations(Served served) {
        this.served = served;
        this.once = new IntentContents(served);
    }

    int read(Request request) throws ErrnoException {
        OpenFile file = served.handles.file(request.int64(FuseWire.HANDLE)).file();
        int size = request.int32(FuseWire.IO_SIZE);
        if (size < 0 || size > Request.MAX_DATA) {
            throw new ErrnoException(Errno.EINVAL, "read");
        }
        long offset = offset(request.int64(FuseWire.IO_OFFSET), size);
        int count = file.read(offset, request.data(Request.PAYLOAD, size));
        if (count < 0 || count > size) {
            throw new ErrnoException(Errno.EIO, "read");
        }
        request.replyAt(Request.PAYLOAD);
        served.bytesRead.add(count);
        return count;
    }

    int write(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        int flags = request.int32(FuseWire.WRITE_FLAGS);
        int size = request.argumentData(FuseWire.WRITE_IN, request.int32(FuseWire.IO_SIZE)).length();
        long offset = offset(request.int64(FuseWire.IO_OFFSET), size);
        boolean inPlace = (flags & FuseWire.WRITE_CACHE) != 0;
        boolean killing = (flags & FuseWire.WRITE_KILL_SUIDGID) != 0;
        boolean hadSetIds = killing && handle.isFirstCheckOfSetIds() && hasSetIds(request, handle.file());
        int count;
        if (handle.appends() && !inPlace) {
            count = once.append(handle, FuseWire.WRITE_IN, size, offset, killing, request);
        } else {
            OpenFile file = inPlace ? handle.inPlace(served.node(handle.node()), request) : handle.file();
            count = once.write(file, FuseWire.WRITE_IN, size, offset, killing, request);
        }
        if (count < 0 || count > size) {
            throw new ErrnoException(Errno.EIO, "write");
        }
        if (hadSetIds) {
            served.setIdsCleared(handle.node());
        }
        served.bytesWritten.add(count);
        request.memory().putLong(request.body(), 0);
        request.memory().putInt(request.body(), count);
        return FuseWire.WRITE_OUT;
    }

    private static boolean hasSetIds(Request request, OpenFile file) throws ErrnoException {
        request.attributes.clear();
        file.attributes(request.attributes);
        return Served.hasSetIds(request.attributes);
    }

    /** An offset from which so many bytes are before 2^63, as the kernel never exceeds. */
    private static long offset(long offset, long length) throws ErrnoException {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new ErrnoException(Errno.EINVAL, "offset");
        }
        return offset;
    }

    int sync(Request request) throws ErrnoException {
        boolean dataOnly = (request.int32(FuseWire.FSYNC_FLAGS) & FuseWire.FSYNC_DATA_ONLY) != 0;
        served.handles.file(request.int64(FuseWire.HANDLE)).file().sync(dataOnly);
        return 0;
    }

    int allocate(Request request) throws ErrnoException {
        FileHandle handle = served.handles.file(request.int64(FuseWire.HANDLE));
        long length = request.int64(FuseWire.FALLOCATE_LENGTH);
        long offset = offset(request.int64(FuseWire.FALLOCATE_OFFSET), length);
        served.intents.again(request, () -> {
            handle.file().allocate(request.int32(FuseWire.FALLOCATE_MODE), offset, length);
            return 0;
        });
        // The kernel asks for that with a write or truncation, not here (fuse_file_fallocate, linux/fs/fuse/file.c).
        if (request.uid() != 0 && hasSetIds(request, handle.file())) {
            clearSetIds(request, handle);
        }
        return 0;
    }

    private void clearSetIds(Request request, FileHandle handle) throws ErrnoException {
        request.changes.what = AttributeChanges.CLEAR_SET_IDS;
        handle.file().change(request.changes, request, request.attributes);
        served.setIdsCleared(handle.node());
    }

    int seek(Request request) throws ErrnoException {
        OpenFile file = served.handles.file(request.int64(FuseWire.HANDLE)).file();
        int whence = request.int32(FuseWire.LSEEK_WHENCE);
        if (whence != SEEK_DATA && whence != SEEK_HOLE) {
            throw new ErrnoException(Errno.EINVAL, "lseek");
        }
        long offset = request.int64(FuseWire.LSEEK_OFFSET);
        long found;
        try {
            found = file.seek(offset, whence);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
            found = seekWithoutHoles(request, file, offset, whence);
        }
        request.memory().putLong(request.body(), found);
        return FuseWire.LSEEK_OUT;
    }

    /** All is data, and behind the end is a hole: lseek(2). */
    private static long seekWithoutHoles(Request request, OpenFile file, long offset, int whence)
            throws ErrnoException {
        request.attributes.clear();
        file.attributes(request.attributes);
        if (offset < 0 || offset >= request.attributes.size) {
            throw new ErrnoException(Errno.ENXIO, "lseek");
        }
        return whence == SEEK_DATA ? offset : request.attributes.size;
    }

    int copy(Request request) throws ErrnoException {
        if (request.int64(FuseWire.COPY_FLAGS) != 0) {
            throw new ErrnoException(Errno.EINVAL, "copy_file_range");
        }
        OpenFile from = served.handles.file(request.int64(FuseWire.HANDLE)).file();
        OpenFile to = served.handles.file(request.int64(FuseWire.COPY_OUT_HANDLE)).file();
        // Unsigned in the structure: as much as there is
        long asked = request.int64(FuseWire.COPY_LENGTH);
        long length = asked < 0 ? MOST_COPIED : Math.min(asked, MOST_COPIED);
        long fromOffset = offset(request.int64(FuseWire.COPY_IN_OFFSET), length);
        long toOffset = offset(request.int64(FuseWire.COPY_OUT_OFFSET), length);
        long copied = served.intents.again(request, () -> from.copyTo(fromOffset, to, toOffset, length));
        // Of fuse_write_out the first half, of fuse_copy_file_range_out all: the same where it is little-endian
        boolean isShort = request.opcode() == FuseOpcode.COPY_FILE_RANGE.number();
        request.memory().putLong(request.body(), isShort ? 0 : copied);
        if (isShort) {
            request.memory().putInt(request.body(), (int) copied);
        }
        return FuseWire.COPY_OUT;
    }
}
