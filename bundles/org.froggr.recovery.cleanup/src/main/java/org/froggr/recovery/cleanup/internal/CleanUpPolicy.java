package org.froggr.recovery.cleanup.internal;

import java.util.List;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.osgi.service.component.annotations.Component;

/** Ends the session after the first incident, whatever it was. */
@Component(property = RecoveryPolicy.NAME + "=clean-up")
public final class CleanUpPolicy implements RecoveryPolicy {
    @Override
    public Decision decide(Incident incident, List<Incident> past) {
        return Decision.CLEAN_UP;
    }
}
