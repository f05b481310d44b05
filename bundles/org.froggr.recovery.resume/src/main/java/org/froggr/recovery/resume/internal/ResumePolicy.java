package org.froggr.recovery.resume.internal;

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
 * Goes on with what is left; makes the namespace anew, and at last keeps its hands off, when the
 * session's process fails again and again.
 *
 * <p>If it was the platform that ended, trees that it presented are gone on with, unless it crashes again and
 * again.
 *
 * <p>A mount that went missing is left alone: somebody undid it on purpose. After a reboot nothing is
 * left to go on with, and whether it is wanted again is for a person to say.
 */
@Component(property = RecoveryPolicy.NAME + "=resume")
public final class ResumePolicy implements RecoveryPolicy {
    /** How far back failures of the process count. */
    static final Duration WINDOW = Duration.ofSeconds(60);

    /** So many failures in {@link #WINDOW} are answered by a new process alone. */
    static final int RESUMES = 3;

    /** So many in {@link #WINDOW}, the former included, are answered at all. */
    static final int ATTEMPTS = 6;

    private static final Set<Incident.Kind> FAILURES =
            EnumSet.of(Incident.Kind.PROCESS_DIED, Incident.Kind.PROCESS_HUNG);

    @Override
    public Decision decide(Incident incident, List<Incident> past) {
        return switch (incident.kind()) {
            case PROCESS_DIED, PROCESS_HUNG -> failed(incident, past);
            case MOUNT_LOST, PLATFORM_KILLED -> Decision.RESUME;
            case PLATFORM_CRASHED -> crashed(incident, past);
            case ALL_LOST -> Decision.QUARANTINE;
        };
    }

    /** What makes the platform crash may be in this very session: then the others are to go on without it. */
    private static Decision crashed(Incident incident, List<Incident> past) {
        long crashes = 1 + Incidents.near(past, EnumSet.of(incident.kind()), incident.at(), WINDOW);
        return crashes > ATTEMPTS ? Decision.QUARANTINE : Decision.RESUME;
    }

    private static Decision failed(Incident incident, List<Incident> past) {
        long failures = 1 + Incidents.near(past, FAILURES, incident.at(), WINDOW);
        if (failures > ATTEMPTS) {
            return Decision.QUARANTINE;
        }
        return failures > RESUMES ? Decision.REMOUNT : Decision.RESUME;
    }
}
