package org.froggr.spi.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** What policies ask about the past of a session. Pure, like the policies themselves. */
@ProviderType
public final class Incidents {
    private Incidents() {}

    /**
     * How many incidents of these kinds lie near a moment. The distance counts in both directions: after
     * the clock was set back, what is past bears a later time.
     *
     * @param past incidents in any order, without the one that is being decided
     * @param kinds the kinds that count
     * @param moment usually {@link Incident#at} of the one that is being decided
     * @param window the greatest distance that still counts
     */
    public static long near(List<Incident> past, Set<Incident.Kind> kinds, Instant moment, Duration window) {
        return past.stream()
                .filter(i -> kinds.contains(i.kind()))
                .filter(i -> Duration.between(i.at(), moment).abs().compareTo(window) <= 0)
                .count();
    }
}
