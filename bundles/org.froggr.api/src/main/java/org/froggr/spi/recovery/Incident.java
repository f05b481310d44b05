package org.froggr.spi.recovery;

import java.time.Instant;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Something that died. */
@ProviderType
public interface Incident {
    /** What it was. */
    enum Kind {
        /** The session's process ended without being asked. */
        PROCESS_DIED,
        /** The process lives but does not answer. */
        PROCESS_HUNG,
        /** A mount was undone, or its target removed, behind Froggr's back. */
        MOUNT_LOST,
        /** Neither the process nor its mounts are there any more, as after a reboot. */
        ALL_LOST,
        /**
         * The platform was killed by others while it presented trees of the session. RESUME goes on with them and
         * nobody notices; REMOUNT makes them anew; QUARANTINE has who uses them get ENOTCONN.
         */
        PLATFORM_KILLED,
        /** The platform ended by a failure of its own; as {@link #PLATFORM_KILLED}. */
        PLATFORM_CRASHED
    }

    UUID session();

    Kind kind();

    /** When it was noticed. */
    Instant at();

    /** One sentence for a person. */
    String detail();
}
