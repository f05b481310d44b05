package org.froggr.recovery.remount.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.froggr.spi.recovery.RecoveryPolicyContract;
import org.froggr.spi.recovery.TestIncident;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemountPolicyTest extends RecoveryPolicyContract {
    @Override
    protected RecoveryPolicy policy() {
        return new RemountPolicy();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM_KILLED")
    void remountsWhateverHappened(Incident.Kind kind) {
        assertEquals(Decision.REMOUNT, after(kind));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM_KILLED")
    void givesUpWhenItHappensTooOften(Incident.Kind kind) {
        assertEquals(Decision.REMOUNT, after(kind, secondsApart(RemountPolicy.ATTEMPTS - 1)));
        assertEquals(Decision.QUARANTINE, after(kind, secondsApart(RemountPolicy.ATTEMPTS)));
    }

    @Test
    void goesOnAfterAPlatformThatWasKilled() {
        assertEquals(Decision.RESUME, after(Incident.Kind.PLATFORM_KILLED, secondsApart(50)));
    }

    @Test
    void incidentsOfEveryKindCountTogether() {
        List<Incident> past = Stream.of(Incident.Kind.values())
                .flatMap(kind -> Stream.of(kind, kind))
                .map(kind -> TestIncident.of(kind, NOW))
                .toList();
        assertEquals(Decision.QUARANTINE, policy().decide(TestIncident.of(Incident.Kind.MOUNT_LOST, NOW), past));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLATFORM_KILLED")
    void forgetsAfterTheWindow(Incident.Kind kind) {
        Duration[] old = Stream.generate(() -> RemountPolicy.WINDOW.plusSeconds(1)).limit(50).toArray(Duration[]::new);
        assertEquals(Decision.REMOUNT, after(kind, old));
    }
}
