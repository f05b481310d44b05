package org.froggr.recovery.quarantine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.spi.recovery.Decision;
import org.froggr.spi.recovery.Incident;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.froggr.spi.recovery.RecoveryPolicyContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantinePolicyTest extends RecoveryPolicyContract {
    @Override
    protected RecoveryPolicy policy() {
        return new QuarantinePolicy();
    }

    @ParameterizedTest
    @EnumSource
    void decidesTheSameWhateverHappened(Incident.Kind kind) {
        assertEquals(Decision.QUARANTINE, after(kind));
        assertEquals(Decision.QUARANTINE, after(kind, secondsApart(50)));
    }
}
