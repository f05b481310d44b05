package org.froggr.recovery.cleanup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.froggr.spi.recovery.RecoveryPolicyContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleanUpPolicyTest extends RecoveryPolicyContract {
    @Override
    protected RecoveryPolicy policy() {
        return new CleanUpPolicy();
    }

    @ParameterizedTest
    @EnumSource
    void decidesTheSameWhateverHappened(Incident.Kind kind) {
        assertEquals(Decision.CLEAN_UP, after(kind));
        assertEquals(Decision.CLEAN_UP, after(kind, secondsApart(50)));
    }
}
