package org.froggr.recovery.remount.internal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.Incidents;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the session's namespace anew after every incident, also after a reboot and when somebody undid
 * a mount: for sessions that must be there. Keeps its hands off when that happens too often.
 */
@Component(property = RecoveryPolicy.NAME + "=remount")
public final class RemountPolicy implements RecoveryPolicy {
    /** How far back incidents count. */
    static final Duration WINDOW = Duration.ofSeconds(60);

    /** So many incidents in {@link #WINDOW} are answered. */
    static final int ATTEMPTS = 5;

    private static final Set<Incident.Kind> ALL = EnumSet.complementOf(EnumSet.of(Incident.Kind.PLATFORM_KILLED));

    @Override
    public Decision decide(Incident incident, List<Incident> past) {
        if (incident.kind() == Incident.Kind.PLATFORM_KILLED) {
            // What can be gone on with is there
            return Decision.RESUME;
        }
        long incidents = 1 + Incidents.near(past, ALL, incident.at(), WINDOW);
        return incidents > ATTEMPTS ? Decision.QUARANTINE : Decision.REMOUNT;
    }
}
