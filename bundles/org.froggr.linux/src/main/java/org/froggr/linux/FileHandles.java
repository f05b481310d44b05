package org.froggr.linux;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Handles of files, which mean the same file in another process and after a rename, and never a later one
 * with the same inode number: open_by_handle_at(2).
 */
@ProviderType
public final class FileHandles {
    /** MAX_HANDLE_SZ of linux/exportfs.h. */
    private static final int MAX_HANDLE_BYTES = 128;

    // struct file_handle: length of the handle, type, handle
    private static final int TYPE = 4;
    private static final int HANDLE = 8;
    private static final int MOUNT_ID = HANDLE + MAX_HANDLE_BYTES;

    private FileHandles() {}

    /**
     * name_to_handle_at(2) of a descriptor, also one opened with O_PATH: four bytes of type, then the handle.
     *
     * @throws ErrnoException EOPNOTSUPP if the file system has no handles
     */
    public static byte[] of(int fd) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        ByteBuffer handle = memory.arguments().putInt(0, MAX_HANDLE_BYTES);
        long address = memory.argumentsAddress();
        Libc.check(
                LibcRaw.name_to_handle_at(fd, ThreadMemory.EMPTY, address, address + MOUNT_ID, Fd.AT_EMPTY_PATH),
                "name_to_handle_at",
                null);
        byte[] result = new byte[HANDLE - TYPE + handle.getInt(0)];
        handle.get(TYPE, result);
        return result;
    }

    /**
     * open_by_handle_at(2); needs CAP_DAC_READ_SEARCH.
     *
     * @param mount a descriptor of anything on the file system
     * @throws ErrnoException ESTALE if the file is gone
     */
    public static int open(int mount, byte[] handle, int flags) throws ErrnoException {
        if (handle.length < HANDLE - TYPE || handle.length > HANDLE - TYPE + MAX_HANDLE_BYTES) {
            throw new IllegalArgumentException("no handle: " + Arrays.toString(handle));
        }
        ThreadMemory memory = ThreadMemory.current();
        memory.arguments().putInt(0, handle.length - (HANDLE - TYPE)).put(TYPE, handle);
        int fd = LibcRaw.open_by_handle_at(mount, memory.argumentsAddress(), flags | Fd.O_CLOEXEC);
        return Libc.check(fd, "open_by_handle_at", null);
    }
}
