package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A lock on a part of a file, as fcntl(2) knows them, or on all of it, as flock(2) does.
 *
 * @param owner tells those apart who have locks; the same number for the same owner
 * @param pid process id of the owner, for F_GETLK
 * @param type one of {@link #READ}, {@link #WRITE}, {@link #UNLOCK}
 * @param start first byte
 * @param end last byte, {@code Long.MAX_VALUE} for all there will ever be
 * @param whole flock(2)
 */
@ProviderType
public record LockRange(long owner, int pid, int type, long start, long end, boolean whole) {
    // F_RDLCK, F_WRLCK, F_UNLCK of asm-generic/fcntl.h
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int UNLOCK = 2;
}
