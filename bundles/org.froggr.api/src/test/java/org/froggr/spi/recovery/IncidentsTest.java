package org.froggr.spi.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<Incident.Kind> ALL = EnumSet.allOf(Incident.Kind.class);

    private static Incident died(Duration age) {
        return TestIncident.of(Incident.Kind.PROCESS_DIED, NOW.minus(age));
    }

    private static long near(Incident... past) {
        return Incidents.near(List.of(past), ALL, NOW, MINUTE);
    }

    @Test
    void nothingIsNearInAnEmptyPast() {
        assertEquals(0, near());
    }

    @Test
    void theWindowIncludesItsEdge() {
        assertEquals(1, near(died(MINUTE), died(MINUTE.plusNanos(1))));
    }

    @Test
    void whatBearsALaterTimeCountsByDistance() {
        assertEquals(1, near(died(MINUTE.negated()), died(Duration.ofHours(-1))));
    }

    @Test
    void onlyTheKindsAskedForCount() {
        List<Incident> past = List.of(died(MINUTE), TestIncident.of(Incident.Kind.MOUNT_LOST, NOW));
        assertEquals(1, Incidents.near(past, EnumSet.of(Incident.Kind.MOUNT_LOST), NOW, MINUTE));
    }
}
