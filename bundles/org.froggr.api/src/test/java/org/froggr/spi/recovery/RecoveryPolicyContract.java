package org.froggr.spi.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link RecoveryPolicy} must do. An implementer extends it and gives the policy. */
public abstract class RecoveryPolicyContract {
    /** The moment that incidents are decided at. */
    protected static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /** A policy as the platform would get it. */
    protected abstract RecoveryPolicy policy();

    /** What the policy decides after these incidents of one kind, each given by its age. */
    protected final Decision after(Incident.Kind kind, Duration... ages) {
        return policy().decide(TestIncident.of(kind, NOW), past(kind, ages));
    }

    /** {@code count} ages, one second apart. */
    protected static Duration[] secondsApart(int count) {
        return Stream.iterate(Duration.ofSeconds(1), d -> d.plusSeconds(1)).limit(count).toArray(Duration[]::new);
    }

    private static List<Incident> past(Incident.Kind kind, Duration... ages) {
        List<Incident> past = new ArrayList<>();
        for (Duration age : ages) {
            past.add(TestIncident.of(kind, NOW.minus(age)));
        }
        past.sort((a, b) -> a.at().compareTo(b.at()));
        return Collections.unmodifiableList(past);
    }

    @ParameterizedTest
    @EnumSource
    void decidesTheFirstIncident(Incident.Kind kind) {
        assertNotNull(after(kind));
    }

    @ParameterizedTest
    @EnumSource
    void sameArgumentsGiveTheSameDecision(Incident.Kind kind) {
        RecoveryPolicy policy = policy();
        for (int count = 0; count < 20; count++) {
            List<Incident> past = past(kind, secondsApart(count));
            Decision first = policy.decide(TestIncident.of(kind, NOW), past);
            assertEquals(first, policy.decide(TestIncident.of(kind, NOW), past), "the same object, asked again");
            assertEquals(first, policy().decide(TestIncident.of(kind, NOW), past), "another object");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHourOfTheDayDoesNotMatter(Incident.Kind kind) {
        Duration hours = Duration.ofHours(7);
        List<Incident> later = past(kind, secondsApart(5)).stream()
                .map(i -> TestIncident.of(kind, i.at().plus(hours)))
                .toList();
        assertEquals(
                after(kind, secondsApart(5)), policy().decide(TestIncident.of(kind, NOW.plus(hours)), later));
    }

    @ParameterizedTest
    @EnumSource
    void aClockSetBackIsNoObstacle(Incident.Kind kind) {
        assertNotNull(after(kind, Duration.ofDays(-1), Duration.ofSeconds(-5), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @EnumSource
    void returnsAtOnceAfterALongPast(Incident.Kind kind) {
        Duration[] ages = secondsApart(10_000);
        assertTimeout(Duration.ofSeconds(1), () -> assertNotNull(after(kind, ages)));
    }

    @Test
    void severalThreadsDoNotDisturbEachOther() {
        RecoveryPolicy policy = policy();
        List<Incident> past = past(Incident.Kind.PROCESS_DIED, secondsApart(4));
        Incident incident = TestIncident.of(Incident.Kind.PROCESS_DIED, NOW);
        Decision alone = policy.decide(incident, past);
        assertEquals(
                List.of(alone),
                Stream.generate(() -> incident)
                        .limit(10_000)
                        .parallel()
                        .map(i -> policy.decide(i, past))
                        .distinct()
                        .toList());
    }
}
