package org.froggr.linux;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Locks that belong to an open file description: F_OFD_ of fcntl(2), and flock(2). As {@link RawFiles}, 0 or
 * the negated errno; -EAGAIN if another description has a lock in the way. Nothing waits.
 */
@ProviderType
public final class RawLocks {
    /** Types, as asm-generic/fcntl.h. */
    public static final int READ = 0;

    public static final int WRITE = 1;
    public static final int UNLOCK = 2;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;

    // struct flock
    private static final int TYPE = 0;
    private static final int WHENCE = 2;
    private static final int START = 8;
    private static final int LENGTH = 16;
    private static final int PID = 24;

    private RawLocks() {}

    /**
     * F_OFD_SETLK on the bytes from {@code start} to {@code end}; {@code Long.MAX_VALUE} is all there will
     * be. Uses the thread's {@link ThreadMemory#arguments}.
     */
    public static int set(int fd, int type, long start, long end) {
        return call(fd, F_OFD_SETLK, type, start, end);
    }

    /** F_OFD_GETLK: asks for a lock in the way, which the {@code found} methods then tell of. */
    public static int find(int fd, int type, long start, long end) {
        return call(fd, F_OFD_GETLK, type, start, end);
    }

    private static int call(int fd, int command, int type, long start, long end) {
        ThreadMemory memory = ThreadMemory.current();
        ByteBuffer lock = memory.arguments();
        lock.putShort(TYPE, (short) type).putShort(WHENCE, (short) Fd.SEEK_SET);
        lock.putLong(START, start).putLong(LENGTH, end == Long.MAX_VALUE ? 0 : end - start + 1);
        lock.putInt(PID, 0);
        return LibcRaw.result(LibcRaw.fcntl(fd, command, memory.argumentsAddress()));
    }

    /** What {@link #find} found on this thread: {@link #UNLOCK} if nothing. */
    public static int foundType() {
        return ThreadMemory.current().arguments().getShort(TYPE);
    }

    /** First byte of it. */
    public static long foundStart() {
        return ThreadMemory.current().arguments().getLong(START);
    }

    /** Last byte of it. */
    public static long foundEnd() {
        long length = ThreadMemory.current().arguments().getLong(LENGTH);
        return length == 0 ? Long.MAX_VALUE : foundStart() + length - 1;
    }

    /** Process that has it, -1 if it belongs to an open file description. */
    public static int foundPid() {
        return ThreadMemory.current().arguments().getInt(PID);
    }

    /** flock(2). */
    public static int setWhole(int fd, int type) {
        int operation =
                switch (type) {
                    case READ -> LOCK_SH | LOCK_NB;
                    case WRITE -> LOCK_EX | LOCK_NB;
                    default -> LOCK_UN;
                };
        return LibcRaw.result(LibcRaw.flock(fd, operation));
    }
}
