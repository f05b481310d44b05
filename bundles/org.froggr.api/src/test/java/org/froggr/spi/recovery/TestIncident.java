package org.froggr.spi.recovery;

import java.time.Instant;
import java.util.UUID;

/** An incident made up for a test. */
public record TestIncident(UUID session, Kind kind, Instant at, String detail) implements Incident {
    /** An incident of one and the same session. */
    public static Incident of(Kind kind, Instant at) {
        return new TestIncident(new UUID(1, 2), kind, at, "made up");
    }
}
