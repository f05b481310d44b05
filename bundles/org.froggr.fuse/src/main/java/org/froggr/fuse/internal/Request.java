package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.FuseDevice;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.Requester;

/**
 * One message of the kernel and the reply to it: memory and objects that are used again and again, for one
 * message at a time and by one thread.
 *
 * <pre>
 * 0                  REQUEST       PAYLOAD                                        CAPACITY
 * | small replies      | header, args | data of a write ...                            |
 * |                    |            [header of a large reply] data of a read, listing  |
 * </pre>
 *
 * A request is read so that the data of a write stands at the beginning of a page, and the data of a read
 * is written from there: a tree may hand both to the system as they are.
 */
final class Request implements Requester {
    /** Largest read or write: max_write, and max_pages of 4 KiB. */
    static final int MAX_DATA = 1 << 20;

    static final int PAYLOAD = 4096;
    static final int REQUEST = PAYLOAD - FuseWire.IN_HEADER - FuseWire.WRITE_IN;

    /** What one read(2) must have room for, linux/fs/fuse/dev.c: headers and max_write. */
    static final int MAX_REQUEST = PAYLOAD - REQUEST + MAX_DATA;

    /** Where the value of an extended attribute goes, behind its name, which is part of the request. */
    static final int VALUE = PAYLOAD + (1 << 16);

    private static final int ARGUMENTS = REQUEST + FuseWire.IN_HEADER;

    /** A page more, for the NUL behind the last name of a listing. */
    private static final int CAPACITY = PAYLOAD + MAX_DATA + 4096;

    final Attributes attributes = new Attributes();
    final AttributeChanges changes = new AttributeChanges();

    /** What is to be taken back if the kernel does not take the reply. */
    final Undo undo = new Undo();

    private final ByteBuffer memory;
    private final long base;
    private final MemoryName name;
    private final MemoryName secondName;
    private final MemorySlice slice;

    private int end;
    private int opcode;
    private long unique;
    private long node;
    private int uid;
    private int gid;
    private int pid;
    private int umask;
    private int supplementaryGroup;
    private int reply;
    private int intent;
    private Resends resends;
    private int resendsBefore;
    private int resendsAfter;
    private boolean isReplyRefused;
    private long performer;
    private Performing performing;
    private volatile boolean interrupted;

    Request() throws ErrnoException {
        memory = FuseDevice.map(CAPACITY);
        base = FuseDevice.address(memory);
        name = new MemoryName(memory, base);
        secondName = new MemoryName(memory, base);
        slice = new MemorySlice(memory, base);
    }

    /** Where a message is to be read to; {@link #MAX_REQUEST} bytes. */
    long address() {
        return base + REQUEST;
    }

    /** The memory of requests and replies. */
    ByteBuffer memory() {
        return memory;
    }

    /**
     * Takes the message that was read.
     *
     * @return false if it is none
     */
    boolean parse(int length) {
        undo.clear();
        intent = IntentTable.NONE;
        isReplyRefused = false;
        reply = 0;
        interrupted = false;
        umask = 0;
        supplementaryGroup = -1;
        if (length < FuseWire.IN_HEADER) {
            unique = 0;
            return false;
        }
        opcode = memory.getInt(REQUEST + FuseWire.IN_OPCODE);
        unique = memory.getLong(REQUEST + FuseWire.IN_UNIQUE);
        node = memory.getLong(REQUEST + FuseWire.IN_NODE);
        uid = memory.getInt(REQUEST + FuseWire.IN_UID);
        gid = memory.getInt(REQUEST + FuseWire.IN_GID);
        pid = memory.getInt(REQUEST + FuseWire.IN_PID);
        end = REQUEST + length;
        int extensions = (memory.getShort(REQUEST + FuseWire.IN_EXTENSIONS) & 0xffff) * 8;
        if (memory.getInt(REQUEST + FuseWire.IN_LENGTH) != length || extensions > length - FuseWire.IN_HEADER) {
            return false;
        }
        end -= extensions;
        if (extensions > 0) {
            supplementaryGroup = Extensions.group(memory, end, extensions);
        }
        return true;
    }

    int opcode() {
        return opcode;
    }

    /** What tells requests in flight apart; echoed as it is, FUSE_UNIQUE_RESEND and all. */
    long unique() {
        return unique;
    }

    /** FUSE_UNIQUE_RESEND: whether a process, perhaps this one, was given the request before. */
    boolean isSentAgain() {
        return unique < 0;
    }

    /** As {@link #unique} was when it came first. */
    long firstUnique() {
        return unique & ~FuseWire.UNIQUE_RESEND;
    }

    /** Its slot in the intent record; {@link IntentTable#NONE} if it has none. */
    int intent() {
        return intent;
    }

    void intent(int slot) {
        intent = slot;
    }

    /** The next request is about to be read. */
    void beforeRead(Resends ofConnection) {
        resends = ofConnection;
        resendsBefore = ofConnection.count();
    }

    /** It was read. */
    void afterRead() {
        resendsAfter = resends.count();
    }

    /** Whether it may have been sent once more since it was read. */
    boolean isSentAgainSince() {
        return resends != null && resends.mayHold(resendsBefore);
    }

    /** Whether it was for certain: nothing was sent again while it was read. */
    boolean isSuperseded() {
        return isSentAgainSince() && resendsBefore == resendsAfter && !Resends.isUnderWay(resendsBefore);
    }

    /** Whether the kernel did not take the reply, since it did not wait for that any more. */
    boolean isReplyRefused() {
        return isReplyRefused;
    }

    void replyRefused() {
        isReplyRefused = true;
    }

    /** Who performs it, see {@link Performer}. */
    long performer() {
        return performer;
    }

    void performer(long thread) {
        performer = thread;
    }

    long node() {
        return node;
    }

    /** Bytes of arguments. */
    int argumentBytes() {
        return end - ARGUMENTS;
    }

    // Arguments, by their offset behind the header

    int int32(int offset) {
        return memory.getInt(ARGUMENTS + offset);
    }

    long int64(int offset) {
        return memory.getLong(ARGUMENTS + offset);
    }

    /**
     * The name at that offset of the arguments.
     *
     * @throws ErrnoException EINVAL if it has no end, no bytes, a slash, or is {@code .} or {@code ..}
     */
    MemoryName name(int offset) throws ErrnoException {
        MemoryName found = text(name, ARGUMENTS + offset);
        checkComponent(found);
        return found;
    }

    /** The name behind the one that {@link #name} gave last, both being valid. */
    MemoryName nextName() throws ErrnoException {
        MemoryName found = nextText();
        checkComponent(found);
        return found;
    }

    /** Like {@link #nextName}, for what is no component of a path. */
    MemoryName nextText() throws ErrnoException {
        return text(secondName, name.offset() + name.length() + 1);
    }

    /** Like {@link #name}, for what is no component of a path. */
    MemoryName text(int offset) throws ErrnoException {
        return text(name, ARGUMENTS + offset);
    }

    private MemoryName text(MemoryName into, int offset) throws ErrnoException {
        int at = offset;
        while (at < end && memory.get(at) != 0) {
            at++;
        }
        if (at >= end || at == offset) {
            throw new ErrnoException(Errno.EINVAL, "name");
        }
        into.set(offset, at - offset);
        return into;
    }

    private void checkComponent(MemoryName component) throws ErrnoException {
        int offset = component.offset();
        int length = component.length();
        boolean dots = memory.get(offset) == '.'
                && (length == 1 || length == 2 && memory.get(offset + 1) == '.');
        if (dots) {
            throw new ErrnoException(Errno.EINVAL, "name");
        }
        for (int i = offset; i < offset + length; i++) {
            if (memory.get(i) == '/') {
                throw new ErrnoException(Errno.EINVAL, "name");
            }
        }
    }

    /** Any name in the memory, with a NUL behind it. */
    MemoryName nameAt(int memoryOffset, int length) {
        name.set(memoryOffset, length);
        return name;
    }

    /** Data within the arguments: {@code size} bytes from the offset on. */
    MemorySlice argumentData(int offset, int size) throws ErrnoException {
        if (size < 0 || size > argumentBytes() - offset) {
            throw new ErrnoException(Errno.EINVAL, "size");
        }
        return slice.set(ARGUMENTS + offset, size);
    }

    /** Memory for a reply of data; {@link #replyAt} that place. */
    MemorySlice data(int memoryOffset, int size) {
        return slice.set(memoryOffset, size);
    }

    // The reply

    /** Where the small reply's structure begins. */
    int body() {
        return FuseWire.OUT_HEADER;
    }

    /** A small reply of that many zero bytes, to be filled. */
    int emptyBody(int bytes) {
        for (int i = 0; i < bytes; i += 8) {
            memory.putLong(FuseWire.OUT_HEADER + i, 0);
        }
        return FuseWire.OUT_HEADER;
    }

    /** The reply's data stands at that place, which has room for a header before it. */
    void replyAt(int memoryOffset) {
        reply = memoryOffset - FuseWire.OUT_HEADER;
    }

    /**
     * Makes the reply complete.
     *
     * @param result bytes behind the header, or an error number, negative
     * @return its length
     */
    int finish(int result) {
        if (result < 0) {
            reply = 0;
        }
        int length = FuseWire.OUT_HEADER + Math.max(0, result);
        memory.putInt(reply + FuseWire.OUT_LENGTH, length);
        memory.putInt(reply + FuseWire.OUT_ERROR, Math.min(0, result));
        memory.putLong(reply + FuseWire.OUT_UNIQUE, unique);
        return length;
    }

    /** Address of the complete reply. */
    long replyAddress() {
        return base + reply;
    }

    // Who asks

    void umask(int mask) {
        umask = mask & 0777;
    }

    /** Who performs requests that are read into this; null for nobody who could be asked to stop. */
    void performing(Performing who) {
        performing = who;
    }

    /** The reply is about to be written; returns false if the request was answered in its thread's place. */
    boolean claimReply() {
        return performing == null || performing.claim(unique);
    }

    /** Notes that the program was interrupted; from any thread. */
    void interrupt() {
        interrupted = true;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public int umask() {
        return umask;
    }

    @Override
    public int supplementaryGroup() {
        return supplementaryGroup;
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }

    /** Gives back what large data took; the memory stays usable. */
    void shrink() {
        FuseDevice.discard(base + PAYLOAD, CAPACITY - PAYLOAD);
    }

    /** Ends it: nothing of it may be used any more. */
    void release() {
        FuseDevice.unmap(memory);
    }
}
