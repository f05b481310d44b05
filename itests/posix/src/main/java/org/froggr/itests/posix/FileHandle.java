package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import org.froggr.api.ErrnoException;

/** A file by what the file system knows it by, name_to_handle_at(2). */
record FileHandle(byte[] bytes) {
    private static final int MAX_HANDLE = 128;

    static FileHandle of(String name) throws ErrnoException {
        byte[] bytes = new byte[8 + MAX_HANDLE];
        Call.struct(bytes).putInt(0, MAX_HANDLE);
        Call.check(
                Sys.name_to_handle_at(AT_FDCWD, Call.name(name), bytes, new int[1], 0), "name_to_handle_at", name);
        return new FileHandle(bytes);
    }

    /** open_by_handle_at(2) on the mount that the working directory is on; needs root. */
    int open(int flags) throws ErrnoException {
        int mount = Fds.open(".", O_RDONLY | O_DIRECTORY);
        try {
            return Opened.add(Call.check(Sys.open_by_handle_at(mount, bytes, flags | O_CLOEXEC), "open_by_handle_at"));
        } finally {
            Fds.close(mount);
        }
    }
}
