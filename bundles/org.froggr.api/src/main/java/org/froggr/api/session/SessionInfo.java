package org.froggr.api.session;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/** What a session is at one moment; does not change afterwards. */
@ProviderType
public interface SessionInfo {
    UUID id();

    Optional<String> name();

    /** Process id of the session's process (the anchor); 0 while there is none. */
    long pid();

    /**
     * When that process started, in clock ticks since boot (field 22 of {@code /proc/PID/stat},
     * proc(5)). With the pid it names one process for good.
     */
    long processStart();

    BytePath root();

    Instant created();

    /** User id of the owner. */
    long owner();

    SessionState state();

    SessionMode mode();

    /** Name of its recovery policy. */
    String recovery();

    /** Whether it stays when its last entry goes ({@code session new}), or ends with it. */
    boolean permanent();

    /** How many entries {@code mount} made. */
    int mounts();

    /** How many entries {@code bind} made. */
    int binds();
}
