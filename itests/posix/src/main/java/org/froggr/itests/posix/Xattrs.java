package org.froggr.itests.posix;

import static org.froggr.itests.posix.Fds.bytes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.api.ErrnoException;

/** Extended attributes, xattr(7). Values are one byte a character. */
final class Xattrs {
    private static final int ROOM = 64 * 1024;

    private Xattrs() {}

    static void set(String name, String key, String value) throws ErrnoException {
        set(name, key, bytes(value), 0);
    }

    static void set(String name, String key, byte[] value, int flags) throws ErrnoException {
        int result = Sys.setxattr(Call.name(name), Call.name(key), value, value.length, flags);
        Call.check(result, "setxattr", name, key);
    }

    static void lset(String name, String key, String value) throws ErrnoException {
        byte[] bytes = bytes(value);
        int result = Sys.lsetxattr(Call.name(name), Call.name(key), bytes, bytes.length, 0);
        Call.check(result, "lsetxattr", name, key);
    }

    static void set(int fd, String key, String value) throws ErrnoException {
        byte[] bytes = bytes(value);
        Call.check(Sys.fsetxattr(fd, Call.name(key), bytes, bytes.length, 0), "fsetxattr", key);
    }

    static String get(String name, String key) throws ErrnoException {
        return Fds.text(getBytes(name, key, ROOM));
    }

    /** Into a buffer of this size. */
    static byte[] getBytes(String name, String key, int size) throws ErrnoException {
        byte[] value = new byte[size];
        long length = Sys.getxattr(Call.name(name), Call.name(key), value, size);
        return Arrays.copyOf(value, (int) Call.check(length, "getxattr", name, key));
    }

    /** Length of the value, asked for with size 0. */
    static long size(String name, String key) throws ErrnoException {
        return Call.check(Sys.getxattr(Call.name(name), Call.name(key), null, 0), "getxattr", name, key);
    }

    static String get(int fd, String key) throws ErrnoException {
        byte[] value = new byte[ROOM];
        long length = Call.check(Sys.fgetxattr(fd, Call.name(key), value, ROOM), "fgetxattr", key);
        return Fds.text(Arrays.copyOf(value, (int) length));
    }

    static String lget(String name, String key) throws ErrnoException {
        byte[] value = new byte[ROOM];
        long length = Call.check(Sys.lgetxattr(Call.name(name), Call.name(key), value, ROOM), "lgetxattr", name, key);
        return Fds.text(Arrays.copyOf(value, (int) length));
    }

    /** The names, without those of security.*, which the system itself may add. */
    static Set<String> list(String name) throws ErrnoException {
        byte[] list = listBytes(name, ROOM);
        Set<String> names = new TreeSet<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                String key = Fds.text(Arrays.copyOfRange(list, start, i));
                if (!key.startsWith("security.")) {
                    names.add(key);
                }
                start = i + 1;
            }
        }
        return names;
    }

    static byte[] listBytes(String name, int size) throws ErrnoException {
        byte[] list = new byte[size];
        return Arrays.copyOf(list, (int) Call.check(Sys.listxattr(Call.name(name), list, size), "listxattr", name));
    }

    /** Length of the list, asked for with size 0. */
    static long listSize(String name) throws ErrnoException {
        return Call.check(Sys.listxattr(Call.name(name), null, 0), "listxattr", name);
    }

    static void remove(String name, String key) throws ErrnoException {
        Call.check(Sys.removexattr(Call.name(name), Call.name(key)), "removexattr", name, key);
    }

    static void remove(int fd, String key) throws ErrnoException {
        Call.check(Sys.fremovexattr(fd, Call.name(key)), "fremovexattr", key);
    }
}
