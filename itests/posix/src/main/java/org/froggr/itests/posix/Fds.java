package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** System calls on descriptors. What a case leaves open is closed at its end. */
final class Fds {
    private static final int CHUNK = 64 * 1024;

    private Fds() {}

    static int open(String name, int flags) throws ErrnoException {
        return open(name, flags, 0);
    }

    static int open(String name, int flags, int mode) throws ErrnoException {
        return openat(AT_FDCWD, name, flags, mode);
    }

    static int openat(int dir, String name, int flags, int mode) throws ErrnoException {
        byte[] path = Call.name(name);
        return Opened.add(Call.check(Sys.openat(dir, path, flags | O_CLOEXEC, mode), "open", name));
    }

    static void close(int fd) throws ErrnoException {
        Opened.remove(fd);
        Call.check(Sys.close(fd), "close");
    }

    static int dup(int fd) throws ErrnoException {
        return Opened.add(Call.check(Sys.dup(fd), "dup"));
    }

    /** At most this many bytes, from one read(2). */
    static byte[] read(int fd, int length) throws ErrnoException {
        byte[] buffer = new byte[length];
        return Arrays.copyOf(buffer, (int) Call.check(Sys.read(fd, buffer, length), "read"));
    }

    static byte[] pread(int fd, int length, long offset) throws ErrnoException {
        byte[] buffer = new byte[length];
        return Arrays.copyOf(buffer, (int) Call.check(Sys.pread(fd, buffer, length, offset), "pread"));
    }

    static String text(int fd, int length, long offset) throws ErrnoException {
        return text(pread(fd, length, offset));
    }

    /** From the descriptor's place to the end of the file. */
    static String rest(int fd) throws ErrnoException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece = read(fd, CHUNK); piece.length > 0; piece = read(fd, CHUNK)) {
            all.writeBytes(piece);
        }
        return text(all.toByteArray());
    }

    static long write(int fd, String text) throws ErrnoException {
        return write(fd, bytes(text));
    }

    /** One write(2); returns how many bytes it took. */
    static long write(int fd, byte[] bytes) throws ErrnoException {
        return Call.check(Sys.write(fd, bytes, bytes.length), "write");
    }

    static long pwrite(int fd, byte[] bytes, long offset) throws ErrnoException {
        return Call.check(Sys.pwrite(fd, bytes, bytes.length, offset), "pwrite");
    }

    static long pwrite(int fd, String text, long offset) throws ErrnoException {
        return pwrite(fd, bytes(text), offset);
    }

    static long seek(int fd, long offset, int whence) throws ErrnoException {
        return Call.check(Sys.lseek(fd, offset, whence), "lseek");
    }

    static void ftruncate(int fd, long length) throws ErrnoException {
        Call.check(Sys.ftruncate(fd, length), "ftruncate");
    }

    static void fallocate(int fd, int mode, long offset, long length) throws ErrnoException {
        Call.check(Sys.fallocate(fd, mode, offset, length), "fallocate");
    }

    static void fchmod(int fd, int mode) throws ErrnoException {
        Call.check(Sys.fchmod(fd, mode), "fchmod");
    }

    static void fchown(int fd, int uid, int gid) throws ErrnoException {
        Call.check(Sys.fchown(fd, uid, gid), "fchown");
    }

    static void futimens(int fd, long[] times) throws ErrnoException {
        Call.check(Sys.futimens(fd, times), "futimens");
    }

    static void fsync(int fd) throws ErrnoException {
        Call.check(Sys.fsync(fd), "fsync");
    }

    static void fdatasync(int fd) throws ErrnoException {
        Call.check(Sys.fdatasync(fd), "fdatasync");
    }

    static void syncfs(int fd) throws ErrnoException {
        Call.check(Sys.syncfs(fd), "syncfs");
    }

    static void fchdir(int fd) throws ErrnoException {
        Call.check(Sys.fchdir(fd), "fchdir");
    }

    static int fcntl(int fd, int command, int argument) throws ErrnoException {
        return Call.check(Sys.fcntl(fd, command, argument), "fcntl");
    }

    /** flock(2), again when a signal interrupted it. */
    static void flock(int fd, int operation) throws ErrnoException {
        int result;
        do {
            result = Sys.flock(fd, operation);
        } while (result < 0 && Call.failedWith(Errno.EINTR));
        Call.check(result, "flock");
    }

    static int[] pipe() throws ErrnoException {
        int[] ends = new int[2];
        Call.check(Sys.pipe2(ends, O_CLOEXEC), "pipe2");
        Opened.add(ends[0]);
        Opened.add(ends[1]);
        return ends;
    }

    /** The name of an open file in /proc, to use it by. */
    static String proc(int fd) {
        return "/proc/self/fd/" + fd;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
