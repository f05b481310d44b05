package org.froggr.recovery.resume.internal;

import static org.froggr.spi.recovery.Incident.Kind.ALL_LOST;
import static org.froggr.spi.recovery.Incident.Kind.MOUNT_LOST;
import static org.froggr.spi.recovery.Incident.Kind.PLATFORM_CRASHED;
import static org.froggr.spi.recovery.Incident.Kind.PLATFORM_KILLED;
import static org.froggr.spi.recovery.Incident.Kind.PROCESS_DIED;
import static org.froggr.spi.recovery.Incident.Kind.PROCESS_HUNG;
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
import org.junit.jupiter.params.provider.CsvSource;

class ResumePolicyTest extends RecoveryPolicyContract {
    @Override
    protected RecoveryPolicy policy() {
        return new ResumePolicy();
    }

    @ParameterizedTest
    @CsvSource({"0,RESUME", "2,RESUME", "3,REMOUNT", "5,REMOUNT", "6,QUARANTINE", "50,QUARANTINE"})
    void actsHarderTheMoreOftenTheProcessFails(int before, Decision expected) {
        assertEquals(expected, after(PROCESS_DIED, secondsApart(before)));
        assertEquals(expected, after(PROCESS_HUNG, secondsApart(before)));
    }

    @Test
    void aPlatformThatIsKilledIsNoReasonToStop() {
        assertEquals(Decision.RESUME, after(PLATFORM_KILLED));
        assertEquals(Decision.RESUME, after(PLATFORM_KILLED, secondsApart(50)));
    }

    @ParameterizedTest
    @CsvSource({"0,RESUME", "5,RESUME", "6,QUARANTINE"})
    void aPlatformThatCrashesAgainAndAgainGoesOnWithoutTheSession(int before, Decision expected) {
        assertEquals(expected, after(PLATFORM_CRASHED, secondsApart(before)));
    }

    @Test
    void forgetsAfterTheWindow() {
        Duration[] old = Stream.generate(() -> ResumePolicy.WINDOW.plusSeconds(1)).limit(50).toArray(Duration[]::new);
        assertEquals(Decision.RESUME, after(PROCESS_DIED, old));
    }

    @Test
    void deathsAndHangsCountTogether() {
        List<Incident> past = Stream.of(PROCESS_DIED, PROCESS_HUNG, PROCESS_DIED)
                .map(kind -> TestIncident.of(kind, NOW))
                .toList();
        assertEquals(Decision.REMOUNT, policy().decide(TestIncident.of(PROCESS_HUNG, NOW), past));
    }

    @Test
    void mountsUndoneByAPersonAreNoFailures() {
        List<Incident> past = Stream.generate(() -> TestIncident.of(MOUNT_LOST, NOW)).limit(50).toList();
        assertEquals(Decision.RESUME, policy().decide(TestIncident.of(PROCESS_DIED, NOW), past));
    }

    @Test
    void aMountUndoneByAPersonStaysUndone() {
        assertEquals(Decision.RESUME, after(MOUNT_LOST));
        assertEquals(Decision.RESUME, after(MOUNT_LOST, secondsApart(50)));
    }

    @Test
    void afterARebootAPersonDecides() {
        assertEquals(Decision.QUARANTINE, after(ALL_LOST));
    }
}
