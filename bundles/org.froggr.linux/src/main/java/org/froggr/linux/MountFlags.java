package org.froggr.linux;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The flags of a mount and its file system together, as statfs(2) gives them.
 *
 * @param bits {@code f_flags}, ST_RDONLY and its kin of sys/statvfs.h
 */
@ProviderType
public record MountFlags(long bits) {
    private static final long ST_RDONLY = 1;
    private static final long ST_NOSUID = 2;
    private static final long ST_NODEV = 4;
    private static final long ST_NOEXEC = 8;
    private static final long ST_NOSYMFOLLOW = 0x2000;

    // struct statfs of a 64-bit machine (asm-generic/statfs.h): all fields are longs
    private static final int STATFS_BYTES = 120;
    private static final int FLAGS = 80;

    /** Of the mount that an open file is on, also one opened with O_PATH. */
    public static MountFlags of(int fd) throws ErrnoException {
        byte[] result = new byte[STATFS_BYTES];
        Libc.retry(() -> LibcFiles.fstatfs(fd, result), "fstatfs", null);
        return new MountFlags(Libc.struct(result).getLong(FLAGS));
    }

    public boolean readOnly() {
        return (bits & ST_RDONLY) != 0;
    }

    public boolean noSuid() {
        return (bits & ST_NOSUID) != 0;
    }

    public boolean noDev() {
        return (bits & ST_NODEV) != 0;
    }

    public boolean noExec() {
        return (bits & ST_NOEXEC) != 0;
    }

    public boolean noSymlinks() {
        return (bits & ST_NOSYMFOLLOW) != 0;
    }

    /** The same restrictions as bits for {@link Mounts#setAttributes}, without those about access times. */
    public long attributes() {
        return (readOnly() ? Mounts.MOUNT_ATTR_RDONLY : 0)
                | (noSuid() ? Mounts.MOUNT_ATTR_NOSUID : 0)
                | (noDev() ? Mounts.MOUNT_ATTR_NODEV : 0)
                | (noExec() ? Mounts.MOUNT_ATTR_NOEXEC : 0)
                | (noSymlinks() ? Mounts.MOUNT_ATTR_NOSYMFOLLOW : 0);
    }
}
