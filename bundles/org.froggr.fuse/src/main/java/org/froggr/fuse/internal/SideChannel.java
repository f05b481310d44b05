package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.froggr.linux.FuseDevice;

/**
 * Messages to the kernel that are not the reply of a worker to what it just read: notifications and late
 * replies. Any thread; each has memory of its own, since a notification may wait for the kernel, which may
 * wait for an operation. Returns what the kernel said, an error number being negative.
 */
final class SideChannel {
    /** Offsets for {@link #invalidate}. */
    static final long ATTRIBUTES_ONLY = -1;

    static final long ALL_CONTENTS = 0;

    private static final int BODY = FuseWire.OUT_HEADER;

    /** NAME_MAX is 255, and the kernel refuses more than 1024 (FUSE_NAME_MAX). */
    private static final int MOST_NAME = 1024;

    private static final int CAPACITY = BODY + FuseWire.INVAL_INODE + MOST_NAME + 1;

    private final KernelChannel channel;
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    SideChannel(KernelChannel channel) {
        this.channel = channel;
    }

    /** The reply to a request that was put off: only whether it failed. */
    int reply(long unique, int error) {
        ByteBuffer memory = take();
        memory.putInt(FuseWire.OUT_ERROR, error);
        memory.putLong(FuseWire.OUT_UNIQUE, unique);
        return send(memory, BODY);
    }

    /**
     * FUSE_NOTIFY_INVAL_INODE.
     *
     * @param offset where contents become invalid, with all behind, or {@link #ATTRIBUTES_ONLY}
     */
    int invalidate(long node, long offset) {
        ByteBuffer memory = take();
        memory.putInt(FuseWire.OUT_ERROR, FuseWire.NOTIFY_INVAL_INODE);
        memory.putLong(FuseWire.OUT_UNIQUE, 0);
        memory.putLong(BODY, node);
        memory.putLong(BODY + FuseWire.INVAL_INODE_OFFSET, offset);
        memory.putLong(BODY + FuseWire.INVAL_INODE_LENGTH, 0);
        return send(memory, BODY + FuseWire.INVAL_INODE);
    }

    /** FUSE_NOTIFY_INVAL_ENTRY. */
    int invalidateEntry(long directory, byte[] name, int flags) {
        if (name.length > MOST_NAME) {
            return 0;
        }
        ByteBuffer memory = take();
        memory.putInt(FuseWire.OUT_ERROR, FuseWire.NOTIFY_INVAL_ENTRY);
        memory.putLong(FuseWire.OUT_UNIQUE, 0);
        memory.putLong(BODY, directory);
        memory.putInt(BODY + FuseWire.INVAL_ENTRY_NAME_LENGTH, name.length);
        memory.putInt(BODY + FuseWire.INVAL_ENTRY_FLAGS, flags);
        memory.put(BODY + FuseWire.INVAL_ENTRY, name);
        memory.put(BODY + FuseWire.INVAL_ENTRY + name.length, (byte) 0);
        return send(memory, BODY + FuseWire.INVAL_ENTRY + name.length + 1);
    }

    /**
     * FUSE_NOTIFY_RESEND: what was read and not answered is sent again, with {@link FuseWire#UNIQUE_RESEND} in its
     * number.
     */
    int resend() {
        return tell(FuseWire.NOTIFY_RESEND);
    }

    /** FUSE_NOTIFY_INC_EPOCH: all names are to be looked up again. */
    int expireNames() {
        return tell(FuseWire.NOTIFY_INC_EPOCH);
    }

    private int tell(int code) {
        ByteBuffer memory = take();
        memory.putInt(FuseWire.OUT_ERROR, code);
        memory.putLong(FuseWire.OUT_UNIQUE, 0);
        return send(memory, BODY);
    }

    private ByteBuffer take() {
        ByteBuffer memory = free.poll();
        return memory == null ? ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder()) : memory;
    }

    private int send(ByteBuffer memory, int length) {
        memory.putInt(FuseWire.OUT_LENGTH, length);
        int result = channel.send(FuseDevice.address(memory), length);
        free.add(memory);
        return result;
    }
}
