package org.froggr.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Native memory for the result of {@link RawFiles#list}, and a cursor over the entries in it: struct
 * linux_dirent64 of getdents(2). For one thread at a time.
 */
@ProviderType
public final class Dirents {
    private static final int OFFSET = 8;
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private final ByteBuffer memory;
    private final long address;
    private int at;
    private int next;
    private int end;
    private int nameLength;

    /** Room for this many bytes. */
    public Dirents(int bytes) {
        memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        address = ThreadMemory.addressOf(memory);
    }

    /**
     * Reads on from where the descriptor stands.
     *
     * @return bytes, 0 at the end, or the negated errno
     */
    public int read(int fd) {
        next = 0;
        end = 0;
        int length = RawFiles.list(fd, address, memory.capacity());
        end = Math.max(length, 0);
        return length;
    }

    /** Goes to the next entry; false if there is none in this memory. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        at = next;
        int length = memory.getShort(at + LENGTH) & 0xffff;
        next = at + length;
        nameLength = nameLength(length);
        return true;
    }

    /** Makes the present entry the next one again. */
    public void back() {
        next = at;
    }

    /** Whether there is another one in this memory. */
    public boolean hasNext() {
        return next < end;
    }

    /** Forgets what is left. */
    public void clear() {
        next = 0;
        end = 0;
    }

    /** The name is followed by one to eight NULs, since entries are multiples of eight long. */
    private int nameLength(int length) {
        int last = Math.max(at + NAME, at + length - 8);
        while (memory.get(last) != 0) {
            last++;
        }
        return last - at - NAME;
    }

    public long inode() {
        return memory.getLong(at);
    }

    /** Where the directory goes on behind this entry. */
    public long offset() {
        return memory.getLong(at + OFFSET);
    }

    /** S_IFMT bits, 0 if not known: DT_ of dirent.h are the same shifted by 12. */
    public int type() {
        return (memory.get(at + TYPE) & 0xff) << 12;
    }

    /** Address of the name, which has a NUL at its end. */
    public long nameAddress() {
        return address + at + NAME;
    }

    public int nameLength() {
        return nameLength;
    }

    /** One byte of the name. */
    public byte nameByte(int index) {
        return memory.get(at + NAME + index);
    }

    /** Whether it is {@code .} or {@code ..}. */
    public boolean isDots() {
        return nameByte(0) == '.' && (nameLength == 1 || (nameLength == 2 && nameByte(1) == '.'));
    }

    /** A copy of the name. */
    public byte[] name() {
        byte[] name = new byte[nameLength];
        memory.get(at + NAME, name);
        return name;
    }
}
