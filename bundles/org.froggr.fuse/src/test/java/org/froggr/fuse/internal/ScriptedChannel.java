package org.froggr.fuse.internal;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.froggr.api.Errno;

/** A kernel that a test plays: takes what is written, and says what the test wants. */
final class ScriptedChannel implements KernelChannel {
    private final Deque<byte[]> written = new ArrayDeque<>();
    private volatile Supplier<byte[]> source = () -> null;
    private int refusal;
    private int backingRefusal;
    private int lastBacking;
    private boolean isKept = true;
    final Set<Integer> backings = new HashSet<>();
    boolean closed;

    /** What is said to whether there is something to read. */
    boolean hasMore;

    /** From now on messages are refused with this error; null: they are taken. */
    synchronized void refuse(Errno errno) {
        refusal = errno == null ? 0 : -errno.number();
    }

    synchronized void refuseBackings(Errno errno) {
        backingRefusal = errno == null ? 0 : -errno.number();
    }

    /** What was written is thrown away: only its length counts. */
    synchronized void throwAway() {
        isKept = false;
    }

    /** The oldest message that was written and not taken yet, null if there is none. */
    synchronized Reply take() {
        byte[] bytes = written.poll();
        return bytes == null ? null : new Reply(bytes);
    }

    /** What is read from now on: a message a call, null for none yet. */
    void readFrom(Supplier<byte[]> messages) {
        source = messages;
    }

    @Override
    public int read(long address, int length) {
        byte[] message = source.get();
        if (message == null) {
            return -Errno.EAGAIN.number();
        }
        new Pointer(address).write(0, message, 0, message.length);
        return message.length;
    }

    @Override
    public boolean hasMore(Request request) {
        return hasMore;
    }

    @Override
    public synchronized int write(long address, int length) {
        if (refusal < 0) {
            return refusal;
        }
        if (isKept) {
            written.add(new Pointer(address).getByteArray(0, length));
        }
        return length;
    }

    @Override
    public int send(long address, int length) {
        return write(address, length);
    }

    @Override
    public synchronized int openBacking(int fd) {
        if (backingRefusal < 0) {
            return backingRefusal;
        }
        backings.add(++lastBacking);
        return lastBacking;
    }

    @Override
    public synchronized int closeBacking(int id) {
        return backings.remove(id) ? 0 : -Errno.ENOENT.number();
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A message that was written. */
    static final class Reply {
        private final ByteBuffer bytes;

        Reply(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        }

        /** What the header says, which must be the truth. */
        int length() {
            return bytes.getInt(0);
        }

        int size() {
            return bytes.capacity();
        }

        /** Error number, 0 or negative; of a notification its code. */
        int error() {
            return bytes.getInt(4);
        }

        long unique() {
            return bytes.getLong(8);
        }

        // Of the structure behind the header

        int int32(int offset) {
            return bytes.getInt(16 + offset);
        }

        int int16(int offset) {
            return bytes.getShort(16 + offset) & 0xffff;
        }

        long int64(int offset) {
            return bytes.getLong(16 + offset);
        }

        byte[] data(int offset, int length) {
            byte[] data = new byte[length];
            bytes.get(16 + offset, data);
            return data;
        }

        String text() {
            return new String(data(0, size() - 16), java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }
}
