package org.froggr.linux;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Extended attributes, xattr(7): as {@link RawFiles}, a value or the negated errno. With size 0 the length
 * alone is asked. Paths come from {@link ThreadMemory#path}: {@code /proc/self/fd/N} is followed to what an
 * O_PATH descriptor means, were it a symbolic link; {@code /proc/self/fd/N/name} is the name itself.
 */
@ProviderType
public final class RawXattrs {
    private static final int SYS_GETXATTRAT = 464;
    private static final int ARGS_BYTES = 16;
    private static final int ENAMETOOLONG = 36;
    private static final int ENOSYS = 38;

    private static volatile boolean hasGetxattrat = true;

    private RawXattrs() {}

    /**
     * The attribute of a name in a directory, no symbolic link followed: getxattrat(2) (Linux 6.13), else
     * lgetxattr(2) below {@code /proc}.
     *
     * @param file the name, for which {@code path} is the address
     */
    public static int get(int dir, long path, byte[] file, long name, long into, int size) {
        ThreadMemory memory = ThreadMemory.current();
        if (hasGetxattrat) {
            memory.arguments().putLong(0, into).putInt(8, size).putInt(12, 0);
            int result = (int) LibcRaw.result(LibcRaw.syscall(
                    SYS_GETXATTRAT, dir, path, Fd.AT_SYMLINK_NOFOLLOW, name, memory.argumentsAddress(), ARGS_BYTES));
            if (result != -ENOSYS) {
                return result;
            }
            hasGetxattrat = false;
        }
        long inProc = memory.path(dir, file);
        return inProc == 0 ? -ENAMETOOLONG : get(inProc, name, into, size);
    }

    /** fgetxattr(2); not for O_PATH. */
    public static int get(int fd, long name, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.fgetxattr(fd, name, into, size));
    }

    /** getxattr(2) of what a descriptor means, also one opened with O_PATH. */
    public static int getOfPath(int fd, long name, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.getxattr(ThreadMemory.current().path(fd), name, into, size));
    }

    /** lgetxattr(2). */
    public static int get(long path, long name, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.lgetxattr(path, name, into, size));
    }

    /** flistxattr(2); not for O_PATH. */
    public static int list(int fd, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.flistxattr(fd, into, size));
    }

    /** listxattr(2) of what a descriptor means, also one opened with O_PATH. */
    public static int listOfPath(int fd, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.listxattr(ThreadMemory.current().path(fd), into, size));
    }

    /** llistxattr(2). */
    public static int list(long path, long into, int size) {
        return (int) LibcRaw.result(LibcRaw.llistxattr(path, into, size));
    }

    /** fsetxattr(2); not for O_PATH. */
    public static int set(int fd, long name, long value, int size, int flags) {
        return LibcRaw.result(LibcRaw.fsetxattr(fd, name, value, size, flags));
    }

    /** setxattr(2) of what a descriptor means, also one opened with O_PATH. */
    public static int setOfPath(int fd, long name, long value, int size, int flags) {
        return LibcRaw.result(LibcRaw.setxattr(ThreadMemory.current().path(fd), name, value, size, flags));
    }

    /** fremovexattr(2); not for O_PATH. */
    public static int remove(int fd, long name) {
        return LibcRaw.result(LibcRaw.fremovexattr(fd, name));
    }

    /** removexattr(2) of what a descriptor means, also one opened with O_PATH. */
    public static int removeOfPath(int fd, long name) {
        return LibcRaw.result(LibcRaw.removexattr(ThreadMemory.current().path(fd), name));
    }
}
