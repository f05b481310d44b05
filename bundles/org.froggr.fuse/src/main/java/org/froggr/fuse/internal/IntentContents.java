package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.FuseDevice;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.OwnRequest;

/**
 * The operations on contents and extended attributes that depend on what was there before, each performed once. All
 * others come to the same when they are done twice: they say where, and what is to be there.
 */
final class IntentContents {
    /** XATTR_CREATE of linux/xattr.h. */
    private static final int CREATE = 1;

    private static final int CHUNK = 1 << 16;

    private final Served served;
    private final Intents intents;

    IntentContents(Served served) {
        this.served = served;
        this.intents = served.intents;
    }

    /**
     * Writes where the request says. It comes to the same when it is done twice, unless somebody has written there
     * since; so not when it was answered.
     *
     * @param data in the request's arguments from that place on
     */
    int write(OpenFile file, int data, int length, long offset, boolean clearSetIds, Request request)
            throws ErrnoException {
        long before = intents.begin(request);
        if (before != Intents.NOTHING) {
            return (int) before;
        }
        try {
            int count = file.write(offset, request.argumentData(data, length), clearSetIds, request);
            intents.ended(request, count < 0 ? -Errno.EIO.number() : count);
            return count;
        } catch (ErrnoException e) {
            intents.ended(request, Failures.errno(e));
            throw e;
        }
    }

    // Appending

    /**
     * Writes to a file that was opened with O_APPEND. Its size is noted: the kernel holds the inode as long as this
     * lasts, so that only who does not come through this mount makes it grow meanwhile.
     *
     * @param data in the request's arguments from that place on
     * @param offset where the kernel believes the end to be
     */
    int append(FileHandle handle, int data, int length, long offset, boolean clearSetIds, Request request)
            throws ErrnoException {
        long size = intents.areKept() ? size(handle.file(), request) : 0;
        return intents.of(
                request,
                size,
                0,
                () -> handle.file().write(offset, request.argumentData(data, length), clearSetIds, request),
                intent -> intent.isDone()
                        ? Integer.valueOf((int) intent.result())
                        : appended(intent.first(), handle, data, length, clearSetIds, request));
    }

    private static long size(OpenFile file, Request request) throws ErrnoException {
        request.attributes.clear();
        file.attributes(request.attributes);
        return request.attributes.size;
    }

    private Integer appended(
            long before, FileHandle handle, int data, int length, boolean clearSetIds, Request request)
            throws ErrnoException {
        long grown = size(handle.file(), request) - before;
        if (grown <= 0) {
            return null;
        }
        FileNode node = served.node(handle.node());
        IoBuffer all = request.argumentData(data, length);
        int there;
        try {
            there = sameBytes(node, before, all.bytes().slice());
        } catch (ErrnoException e) {
            // Who may only write it is believed by its size
            there = (int) Math.min(grown, length);
        }
        if (there == length || there == 0 && grown > length && isAtEnd(node, before + grown, all)) {
            return length;
        }
        if (there < grown) {
            // What is there is somebody else's, who was first
            return null;
        }
        return there + rest(handle, node, before + there, data + there, length - there, clearSetIds, request);
    }

    private static boolean isAtEnd(FileNode node, long end, IoBuffer all) throws ErrnoException {
        return sameBytes(node, end - all.length(), all.bytes().slice()) == all.length();
    }

    /** Writes what is missing where it belongs; a short count if that does not go (write(2)). */
    private static int rest(
            FileHandle handle,
            FileNode node,
            long offset,
            int data,
            int length,
            boolean clearSetIds,
            Request request) {
        try {
            OpenFile inPlace = handle.inPlace(node, request);
            return inPlace.write(offset, request.argumentData(data, length), clearSetIds, request);
        } catch (ErrnoException e) {
            return 0;
        }
    }

    /** How many bytes from there on are these. */
    private static int sameBytes(FileNode node, long offset, ByteBuffer expected) throws ErrnoException {
        ByteBuffer memory = ByteBuffer.allocateDirect(CHUNK);
        MemorySlice chunk = new MemorySlice(memory, FuseDevice.address(memory));
        int same = 0;
        try (OpenFile file = node.open(Fd.O_RDONLY, OwnRequest.SELF)) {
            while (same < expected.capacity()) {
                int asked = Math.min(CHUNK, expected.capacity() - same);
                int count = file.read(offset + same, chunk.set(0, asked));
                int mismatch = memory.slice(0, count).mismatch(expected.slice(same, count));
                if (mismatch >= 0 || count == 0) {
                    return same + Math.max(0, mismatch);
                }
                same += count;
            }
        }
        return same;
    }

    // Extended attributes

    /** Sets an attribute; with XATTR_REPLACE, or without flags, it may as well be set twice. */
    void setExtendedAttribute(
            FileNode node, FileName name, IoBuffer value, int flags, boolean clearSetgid, Request request)
            throws ErrnoException {
        if (flags != CREATE) {
            intents.again(request, () -> {
                node.setExtendedAttribute(name, value, flags, clearSetgid, request);
                return 0;
            });
            return;
        }
        intents.once(
                request,
                0,
                0,
                () -> {
                    node.setExtendedAttribute(name, value, flags, clearSetgid, request);
                    return true;
                },
                intent -> isTouched(intent, node, request) && hasValue(node, name, value) ? true : null);
    }

    private static boolean hasValue(FileNode node, FileName name, IoBuffer value) throws ErrnoException {
        ByteBuffer memory = ByteBuffer.allocateDirect(CHUNK);
        int length = node.extendedAttribute(name, new MemorySlice(memory, FuseDevice.address(memory)).set(0, CHUNK));
        return length == value.length() && memory.slice(0, length).equals(value.bytes().slice());
    }

    void removeExtendedAttribute(FileNode node, FileName name, Request request) throws ErrnoException {
        intents.once(
                request,
                0,
                0,
                () -> {
                    node.removeExtendedAttribute(name, request);
                    return true;
                },
                intent -> isTouched(intent, node, request) && !hasAttribute(node, name) ? true : null);
    }

    private static boolean hasAttribute(FileNode node, FileName name) throws ErrnoException {
        ByteBuffer nothing = ByteBuffer.allocateDirect(1);
        return node.extendedAttribute(name, new MemorySlice(nothing, FuseDevice.address(nothing))) >= 0;
    }

    private static boolean isTouched(Intent intent, FileNode node, Request request) throws ErrnoException {
        request.attributes.clear();
        node.attributes(request.attributes);
        return intent.mayHaveTouched(request.attributes);
    }
}
