package org.froggr.api.session;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the checks of a session's health found at last. */
@ProviderType
public interface HealthReport {
    /** Whether no check found anything wrong. */
    boolean healthy();

    /** One finding a check: {@code process}, {@code pipe}, {@code mounts}. */
    List<Finding> findings();

    /** Result of one check. */
    @ProviderType
    interface Finding {
        String check();

        /** False also when the check itself could not be made; {@link #detail} tells which. */
        boolean ok();

        String detail();
    }
}
