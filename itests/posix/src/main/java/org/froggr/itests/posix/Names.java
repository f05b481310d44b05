package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.util.Arrays;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;

/** System calls on names. Names are {@link ByteText}. */
final class Names {
    private static final long[] NOW = {0, UTIME_NOW, 0, UTIME_NOW};
    private static final long SECOND = 1_000_000_000L;

    private Names() {}

    static void mkdir(String name) throws ErrnoException {
        mkdir(name, 0755);
    }

    static void mkdir(String name, int mode) throws ErrnoException {
        Call.check(Sys.mkdir(Call.name(name), mode), "mkdir", name);
    }

    /** Directories, one below the other: {@code a/b/c}. */
    static void mkdirs(String path) throws ErrnoException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (!exists(path.substring(0, slash))) {
                mkdir(path.substring(0, slash));
            }
        }
        mkdir(path);
    }

    static void rmdir(String name) throws ErrnoException {
        Call.check(Sys.rmdir(Call.name(name)), "rmdir", name);
    }

    static void unlink(String name) throws ErrnoException {
        Call.check(Sys.unlink(Call.name(name)), "unlink", name);
    }

    static void unlinkat(int dir, String name, int flags) throws ErrnoException {
        Call.check(Sys.unlinkat(dir, Call.name(name), flags), "unlinkat", name);
    }

    static void rename(String from, String to) throws ErrnoException {
        Call.check(Sys.rename(Call.name(from), Call.name(to)), "rename", from, to);
    }

    static void rename(String from, String to, int flags) throws ErrnoException {
        int result = Sys.renameat2(AT_FDCWD, Call.name(from), AT_FDCWD, Call.name(to), flags);
        Call.check(result, "renameat2", from, to);
    }

    static void renameat(int fromDir, String from, int toDir, String to) throws ErrnoException {
        Call.check(Sys.renameat2(fromDir, Call.name(from), toDir, Call.name(to), 0), "renameat", from, to);
    }

    static void link(String from, String to) throws ErrnoException {
        Call.check(Sys.link(Call.name(from), Call.name(to)), "link", from, to);
    }

    static void linkat(int fromDir, String from, int toDir, String to, int flags) throws ErrnoException {
        Call.check(Sys.linkat(fromDir, Call.name(from), toDir, Call.name(to), flags), "linkat", from, to);
    }

    static void symlink(String target, String name) throws ErrnoException {
        Call.check(Sys.symlink(Call.name(target), Call.name(name)), "symlink", name);
    }

    static String readlink(String name) throws ErrnoException {
        return ByteText.decode(readlink(name, PATH_MAX));
    }

    static byte[] readlink(String name, int size) throws ErrnoException {
        byte[] buffer = new byte[size];
        int length = (int) Call.check(Sys.readlink(Call.name(name), buffer, size), "readlink", name);
        return Arrays.copyOf(buffer, length);
    }

    static void chmod(String name, int mode) throws ErrnoException {
        Call.check(Sys.chmod(Call.name(name), mode), "chmod", name);
    }

    /** Follows a symbolic link; -1 leaves owner or group as it is. */
    static void chown(String name, int uid, int gid) throws ErrnoException {
        Call.check(Sys.chown(Call.name(name), uid, gid), "chown", name);
    }

    static void lchown(String name, int uid, int gid) throws ErrnoException {
        Call.check(Sys.lchown(Call.name(name), uid, gid), "lchown", name);
    }

    static void mkfifo(String name) throws ErrnoException {
        Call.check(Sys.mkfifo(Call.name(name), 0644), "mkfifo", name);
    }

    static void mknod(String name, int mode, long device) throws ErrnoException {
        Call.check(Sys.mknod(Call.name(name), mode, device), "mknod", name);
    }

    /** Access and modification time in nanoseconds since 1970. */
    static void utimens(String name, long accessed, long modified) throws ErrnoException {
        utimensat(name, times(accessed, modified), 0);
    }

    static void touchNow(String name) throws ErrnoException {
        utimensat(name, NOW, 0);
    }

    static void utimensat(String name, long[] times, int flags) throws ErrnoException {
        Call.check(Sys.utimensat(AT_FDCWD, Call.name(name), times, flags), "utimensat", name);
    }

    static long[] times(long accessed, long modified) {
        return new long[] {
            Math.floorDiv(accessed, SECOND), Math.floorMod(accessed, SECOND),
            Math.floorDiv(modified, SECOND), Math.floorMod(modified, SECOND)
        };
    }

    static void truncate(String name, long length) throws ErrnoException {
        Call.check(Sys.truncate(Call.name(name), length), "truncate", name);
    }

    static void access(String name, int mode) throws ErrnoException {
        Call.check(Sys.access(Call.name(name), mode), "access", name);
    }

    static void faccessat2(String name, int mode, int flags) throws ErrnoException {
        Call.check(Sys.syscall(SYS_FACCESSAT2, AT_FDCWD, Call.name(name), mode, flags), "faccessat2", name);
    }

    static void chdir(String name) throws ErrnoException {
        Call.check(Sys.chdir(Call.name(name)), "chdir", name);
    }

    /** getcwd(2), the system call itself: what the C library makes of it is not asked. */
    static String getcwd() throws ErrnoException {
        byte[] buffer = new byte[PATH_MAX * 2];
        long length = Call.check(Sys.syscall(SYS_GETCWD, buffer, buffer.length), "getcwd");
        return ByteText.decode(Arrays.copyOf(buffer, (int) length - 1));
    }

    /** Of this thread; returns the one before. */
    static int umask(int mask) {
        return Sys.umask(mask);
    }

    static boolean exists(String name) throws ErrnoException {
        byte[] path = Call.name(name);
        int result = Sys.statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, new byte[256]);
        if (result < 0 && !Call.failedWith(org.froggr.api.Errno.ENOENT)) {
            throw Call.failed("stat", name);
        }
        return result == 0;
    }

    /** An empty file, or an existing one as it is. */
    static void touch(String name) throws ErrnoException {
        touch(name, 0644);
    }

    static void touch(String name, int mode) throws ErrnoException {
        Fds.close(Fds.open(name, O_WRONLY | O_CREAT, mode));
    }

    /** A file with these characters, one byte each, in place of what it held. */
    static void file(String name, String content) throws ErrnoException {
        int fd = Fds.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        Fds.write(fd, content);
        Fds.close(fd);
    }

    /** All that a file holds. */
    static String content(String name) throws ErrnoException {
        int fd = Fds.open(name, O_RDONLY);
        String text = Fds.rest(fd);
        Fds.close(fd);
        return text;
    }
}
