package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** Record locks of fcntl(2): those of a process and those of an open file (OFD). */
final class Locks {
    private static final int FLOCK_BYTES = 32;

    private Locks() {}

    /** What F_GETLK found; {@code type} is F_UNLCK if nothing is in the way. */
    record Found(int type, long start, long length, int pid) implements java.io.Serializable {}

    /** F_SETLK; length 0 means to the end of the file, wherever that is. */
    static void lock(int fd, int type, long start, long length) throws ErrnoException {
        fcntl(fd, F_SETLK, type, start, length);
    }

    static void lockWait(int fd, int type, long start, long length) throws ErrnoException {
        fcntl(fd, F_SETLKW, type, start, length);
    }

    static void ofdLock(int fd, int type, long start, long length) throws ErrnoException {
        fcntl(fd, F_OFD_SETLK, type, start, length);
    }

    static void ofdLockWait(int fd, int type, long start, long length) throws ErrnoException {
        fcntl(fd, F_OFD_SETLKW, type, start, length);
    }

    static Found find(int fd, int type, long start, long length) throws ErrnoException {
        return found(fcntl(fd, F_GETLK, type, start, length));
    }

    static Found ofdFind(int fd, int type, long start, long length) throws ErrnoException {
        return found(fcntl(fd, F_OFD_GETLK, type, start, length));
    }

    /** Whether another one's lock is in the way. */
    static boolean free(int fd, int type, long start, long length) throws ErrnoException {
        return find(fd, type, start, length).type() == F_UNLCK;
    }

    private static Found found(ByteBuffer lock) {
        return new Found(lock.getShort(0), lock.getLong(8), lock.getLong(16), lock.getInt(24));
    }

    private static ByteBuffer fcntl(int fd, int command, int type, long start, long length) throws ErrnoException {
        byte[] bytes = new byte[FLOCK_BYTES];
        ByteBuffer lock = Call.struct(bytes);
        lock.putShort(0, (short) type).putLong(8, start).putLong(16, length);
        int result;
        do {
            result = Sys.fcntl(fd, command, bytes);
        } while (result < 0 && Call.failedWith(Errno.EINTR));
        Call.check(result, "fcntl");
        return lock;
    }
}
