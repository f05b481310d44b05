package org.froggr.backend.kernel.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountFlags;
import org.froggr.linux.Mounts;

/** Flags of a bind, as mount_setattr(2) and as mount(8) take them. */
final class BindFlags {
    private static final String NOATIME = "noatime";

    private static final Map<String, Long> BITS = Map.of(
            "ro", Mounts.MOUNT_ATTR_RDONLY,
            "nosuid", Mounts.MOUNT_ATTR_NOSUID,
            "nodev", Mounts.MOUNT_ATTR_NODEV,
            "noexec", Mounts.MOUNT_ATTR_NOEXEC,
            NOATIME, Mounts.MOUNT_ATTR_NOATIME,
            "nosymfollow", Mounts.MOUNT_ATTR_NOSYMFOLLOW);

    private final Set<String> names;

    private BindFlags(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    /** @throws ErrnoException EINVAL if one of them is not known */
    static BindFlags of(Set<String> names) throws ErrnoException {
        for (String name : names) {
            if (!BITS.containsKey(name)) {
                throw new ErrnoException(Errno.EINVAL, "mount_setattr (unknown flag " + name + ")");
            }
        }
        return new BindFlags(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** MOUNT_ATTR bits to set. */
    long set() {
        return names.stream().mapToLong(BITS::get).reduce(0, (a, b) -> a | b);
    }

    /** MOUNT_ATTR bits to clear first: the access-time ones are one field, not a bit each. */
    long clear() {
        return names.contains(NOATIME) ? Mounts.MOUNT_ATTR_ATIME : 0;
    }

    /**
     * The same, and what a mount has already. In a user namespace flags that came from outside are
     * locked: to leave one out in a remount is EPERM (mount_namespaces(7)).
     */
    BindFlags and(MountFlags existing) {
        List<String> all = new ArrayList<>(names);
        long bits = existing.attributes();
        BITS.forEach((name, bit) -> {
            if ((bits & bit) != 0) {
                all.add(name);
            }
        });
        return new BindFlags(all);
    }

    /** For {@code mount -o}, after these words; in the order of the alphabet. */
    String option(String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(names);
        return String.join(",", words);
    }
}
