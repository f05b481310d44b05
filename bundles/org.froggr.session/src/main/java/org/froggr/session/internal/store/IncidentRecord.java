package org.froggr.session.internal.store;

import java.time.Instant;
import java.util.UUID;
import org.froggr.spi.recovery.Incident;

/**
 * An incident as it is kept.
 *
 * @param action what was done about it, as a person reads it; empty as long as nothing was
 */
public record IncidentRecord(UUID session, Kind kind, Instant at, String detail, String action) implements Incident {}
