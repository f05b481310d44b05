package org.froggr.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * inotify(7): what happens in directories. Any thread may watch and unwatch; one reads. The descriptor is
 * non-blocking and becomes readable when something has happened.
 */
@ProviderType
public final class Inotify implements AutoCloseable {
    // linux/inotify.h
    public static final int MODIFY = 0x2;
    public static final int ATTRIB = 0x4;
    public static final int MOVED_FROM = 0x40;
    public static final int MOVED_TO = 0x80;
    public static final int CREATE = 0x100;
    public static final int DELETE = 0x200;
    public static final int DELETE_SELF = 0x400;
    public static final int MOVE_SELF = 0x800;
    public static final int UNMOUNT = 0x2000;
    public static final int Q_OVERFLOW = 0x4000;
    public static final int IGNORED = 0x8000;
    public static final int ONLYDIR = 0x1000000;
    public static final int EXCL_UNLINK = 0x4000000;

    /** struct inotify_event without the name: watch, mask, cookie, length of the name. */
    private static final int HEADER_BYTES = 16;

    private static final int MASK = 4;
    private static final int NAME_LENGTH = 12;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private final OwnedFd fd;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final long address = ThreadMemory.addressOf(buffer);
    private int at;
    private int next;
    private int end;

    private Inotify(OwnedFd fd) {
        this.fd = fd;
    }

    /** inotify_init1(2). */
    public static Inotify open() throws ErrnoException {
        int fd = LibcRaw.inotify_init1(Fd.O_CLOEXEC | Fd.O_NONBLOCK);
        return new Inotify(OwnedFd.of(Libc.check(fd, "inotify_init1", null)));
    }

    /** The descriptor to wait for. */
    public int fd() {
        return fd.number();
    }

    /**
     * inotify_add_watch(2) of what a descriptor means, also one opened with O_PATH.
     *
     * @return the watch, the same one for the same inode; or the negated errno
     */
    public int watch(int target, int mask) {
        return LibcRaw.result(LibcRaw.inotify_add_watch(fd.number(), ThreadMemory.current().path(target), mask));
    }

    /** inotify_rm_watch(2): 0 or the negated errno; {@link #IGNORED} comes when it is done. */
    public int unwatch(int watch) {
        return LibcRaw.result(LibcRaw.inotify_rm_watch(fd.number(), watch));
    }

    /** Reads what has happened, as much as fits; false if nothing has. The {@link #next} event is the first. */
    public boolean read() throws ErrnoException {
        next = 0;
        end = 0;
        long length = RawFiles.read(fd.number(), address, BUFFER_BYTES);
        if (length == -EAGAIN || length == -EINTR) {
            return false;
        }
        if (length < 0) {
            throw new ErrnoException((int) -length, "read inotify", null);
        }
        end = (int) length;
        return end > 0;
    }

    /** Goes to the next event of those read; false if there is none. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        at = next;
        next = at + HEADER_BYTES + buffer.getInt(at + NAME_LENGTH);
        return true;
    }

    /** What {@link #watch} returned; -1 with {@link #Q_OVERFLOW}. */
    public int watch() {
        return buffer.getInt(at);
    }

    /** What happened. */
    public int mask() {
        return buffer.getInt(at + MASK);
    }

    /** The name in the directory, without the NULs it is padded with; empty if it is the directory itself. */
    public byte[] name() {
        int length = buffer.getInt(at + NAME_LENGTH);
        int start = at + HEADER_BYTES;
        int used = 0;
        while (used < length && buffer.get(start + used) != 0) {
            used++;
        }
        byte[] name = new byte[used];
        buffer.get(start, name);
        return name;
    }

    @Override
    public void close() throws ErrnoException {
        fd.close();
    }
}
