package org.froggr.backend.kernel.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Stat;

/**
 * Tells a mount of ours from a later one with the same id: the kernel gives an id out again as soon as
 * a mount is gone, the unique one never (STATX_MNT_ID_UNIQUE, Linux 6.8). Knows what this process
 * mounted; about others it says yes.
 */
final class KnownMounts {
    private final Map<Long, Long> uniqueIds = new ConcurrentHashMap<>();

    /** Remembers the mount that a descriptor is on. */
    void remember(long id, int fd) throws ErrnoException {
        uniqueIds.put(id, Stat.uniqueMountId(fd));
    }

    void forget(long id) {
        uniqueIds.remove(id);
    }

    /** Whether the descriptor is on the mount that was remembered under this id, as far as one can know. */
    boolean isSame(long id, int fd) throws ErrnoException {
        Long unique = uniqueIds.get(id);
        return unique == null || unique == 0 || unique == Stat.uniqueMountId(fd);
    }
}
