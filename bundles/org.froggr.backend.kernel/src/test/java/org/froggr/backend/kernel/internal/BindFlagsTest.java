package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountFlags;
import org.froggr.linux.Mounts;
import org.junit.jupiter.api.Test;

class BindFlagsTest {
    /** ST_NOSUID and ST_NODEV of sys/statvfs.h. */
    private static final MountFlags NOSUID_NODEV = new MountFlags(2 | 4);

    @Test
    void noneSetsNothing() throws ErrnoException {
        BindFlags none = BindFlags.of(Set.of());
        assertTrue(none.isEmpty());
        assertEquals(0, none.set());
        assertEquals(0, none.clear());
        assertEquals("bind", none.option("bind"));
    }

    @Test
    void accessTimesAreOneFieldThatIsClearedFirst() throws ErrnoException {
        BindFlags flags = BindFlags.of(Set.of("noatime", "ro"));
        assertEquals(Mounts.MOUNT_ATTR_NOATIME | Mounts.MOUNT_ATTR_RDONLY, flags.set());
        assertEquals(Mounts.MOUNT_ATTR_ATIME, flags.clear());
    }

    @Test
    void theSourcesFlagsAreRepeatedOnce() throws ErrnoException {
        BindFlags flags = BindFlags.of(Set.of("ro", "nodev")).and(NOSUID_NODEV);
        assertEquals("rbind,nodev,nosuid,ro", flags.option("rbind"));
    }

    @Test
    void anUnknownFlagIsNamed() {
        ErrnoException error = assertThrows(ErrnoException.class, () -> BindFlags.of(Set.of("shiny")));
        assertTrue(error.getMessage().contains("shiny"));
    }
}
