package org.froggr.spi.recovery;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what is done about an incident. Registered as an OSGi service with {@link #NAME}.
 *
 * <p>Called by the session manager on a thread of its own, for several sessions at once.
 */
@ConsumerType
public interface RecoveryPolicy {
    /** Service property: the name that {@code frg session new --recovery} chooses it by; String. */
    String NAME = "froggr.recovery";

    /**
     * Pure: no I/O, no clock, no state; the same arguments give the same decision. Returns at once.
     * What it throws counts as {@link Decision#QUARANTINE}.
     *
     * @param incident what happened
     * @param past earlier incidents of the same session, oldest first
     */
    Decision decide(Incident incident, List<Incident> past);
}
