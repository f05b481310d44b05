package org.froggr.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Names in directories: the {@code …at} family of system calls. {@code dir} is a directory's descriptor
 * (O_PATH will do, except for {@link #list}, where it must be searchable and readable) or
 * {@link Fd#AT_FDCWD}; it counts only if the path is relative.
 */
@ProviderType
public final class At {
    /** Flag of {@link #rename}: fail with EEXIST rather than replace (linux/fs.h). */
    public static final int RENAME_NOREPLACE = 1;

    /** Flag of {@link #rename}: both names exist, swap them (linux/fs.h). */
    public static final int RENAME_EXCHANGE = 2;

    private static final BytePath DOT = BytePath.of(".");
    private static final int FIRST_LINK_BYTES = 256;
    private static final int DIRENT_BYTES = 32 * 1024;

    // struct linux_dirent64 of getdents(2)
    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_NAME = 19;

    private At() {}

    /** mkdirat(2). */
    public static void mkdir(int dir, BytePath path, int mode) throws ErrnoException {
        Libc.check(LibcFiles.mkdirat(dir, path.cString(), mode), "mkdirat", path);
    }

    /** rmdir(2): unlinkat with AT_REMOVEDIR. */
    public static void rmdir(int dir, BytePath path) throws ErrnoException {
        Libc.check(LibcFiles.unlinkat(dir, path.cString(), Fd.AT_REMOVEDIR), "rmdir", path);
    }

    /** unlinkat(2). */
    public static void unlink(int dir, BytePath path) throws ErrnoException {
        Libc.check(LibcFiles.unlinkat(dir, path.cString(), 0), "unlinkat", path);
    }

    /** renameat2(2) without flags: replaces what has the new name. */
    public static void rename(int fromDir, BytePath from, int toDir, BytePath to) throws ErrnoException {
        rename(fromDir, from, toDir, to, 0);
    }

    /** renameat2(2) with {@link #RENAME_NOREPLACE} or {@link #RENAME_EXCHANGE}; errors name the old path. */
    public static void rename(int fromDir, BytePath from, int toDir, BytePath to, int flags) throws ErrnoException {
        int result = LibcFiles.renameat2(fromDir, from.cString(), toDir, to.cString(), flags);
        Libc.check(result, "renameat2", from);
    }

    /** linkat(2); a symbolic link is linked itself. Errors name the new path. */
    public static void link(int fromDir, BytePath from, int toDir, BytePath to) throws ErrnoException {
        Libc.check(LibcFiles.linkat(fromDir, from.cString(), toDir, to.cString(), 0), "linkat", to);
    }

    /** symlinkat(2): {@code path} becomes a link to {@code target}. */
    public static void symlink(BytePath target, int dir, BytePath path) throws ErrnoException {
        Libc.check(LibcFiles.symlinkat(target.cString(), dir, path.cString()), "symlinkat", path);
    }

    /** readlinkat(2), of any length. */
    public static BytePath readlink(int dir, BytePath path) throws ErrnoException {
        byte[] name = path.cString();
        byte[] buffer = new byte[FIRST_LINK_BYTES];
        while (true) {
            long length = LibcFiles.readlinkat(dir, name, buffer, buffer.length);
            Libc.check(length, "readlinkat", path);
            if (length < buffer.length) {
                return BytePath.of(Arrays.copyOf(buffer, (int) length));
            }
            buffer = new byte[buffer.length * 4];
        }
    }

    /** mkfifo(3). The umask applies. */
    public static void mkfifo(int dir, BytePath path, int mode) throws ErrnoException {
        Libc.check(LibcFiles.mkfifoat(dir, path.cString(), mode), "mkfifoat", path);
    }

    /** fchmodat(2); follows a symbolic link. */
    public static void chmod(int dir, BytePath path, int mode) throws ErrnoException {
        Libc.check(LibcFiles.fchmodat(dir, path.cString(), mode, 0), "fchmodat", path);
    }

    /** fchownat(2) of the path itself, were it a symbolic link; -1 leaves a number as it is. */
    public static void chown(int dir, BytePath path, long uid, long gid) throws ErrnoException {
        int result = LibcFiles.fchownat(dir, path.cString(), (int) uid, (int) gid, Fd.AT_SYMLINK_NOFOLLOW);
        Libc.check(result, "fchownat", path);
    }

    /** Whether there is such a name, were it a dangling link. */
    public static boolean exists(int dir, BytePath path) throws ErrnoException {
        try {
            Stat.at(dir, path, false);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The names in a directory in the kernel's order, without {@code .} and {@code ..}: getdents64(2).
     * The directory is opened anew, so that the caller's descriptor keeps its place.
     */
    public static List<BytePath> list(int dir) throws ErrnoException {
        List<BytePath> names = new ArrayList<>();
        byte[] buffer = new byte[DIRENT_BYTES];
        try (OwnedFd fd = OwnedFd.of(Fd.openat(dir, DOT, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            int number = fd.number();
            int length;
            while ((length = (int) Libc.check(LibcFiles.getdents64(number, buffer, buffer.length), "getdents64", null))
                    > 0) {
                addNames(buffer, length, names);
            }
        }
        return names;
    }

    private static void addNames(byte[] buffer, int length, List<BytePath> names) {
        for (int at = 0; at < length; at += Libc.struct(buffer).getShort(at + DIRENT_LENGTH) & 0xffff) {
            int start = at + DIRENT_NAME;
            int end = start;
            while (buffer[end] != 0) {
                end++;
            }
            if (!isDots(buffer, start, end)) {
                names.add(BytePath.of(Arrays.copyOfRange(buffer, start, end)));
            }
        }
    }

    private static boolean isDots(byte[] buffer, int start, int end) {
        return buffer[start] == '.' && (end - start == 1 || (end - start == 2 && buffer[start + 1] == '.'));
    }
}
