package org.froggr.recovery.quarantine.internal;

import java.util.List;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.osgi.service.component.annotations.Component;

/** Leaves everything as the incident left it, for a person to look at. */
@Component(property = RecoveryPolicy.NAME + "=quarantine")
public final class QuarantinePolicy implements RecoveryPolicy {
    @Override
    public Decision decide(Incident incident, List<Incident> past) {
        return Decision.QUARANTINE;
    }
}
