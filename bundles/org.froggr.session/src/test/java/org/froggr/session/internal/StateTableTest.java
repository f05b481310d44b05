package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.session.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateTableTest {
    @ParameterizedTest
    @EnumSource(SessionState.class)
    void everyStateCanBeEnded(SessionState state) {
        assertTrue(state == SessionState.TERMINATING || StateTable.allows(state, SessionState.TERMINATING));
    }

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void nothingIsCreatedTwice(SessionState state) {
        assertFalse(StateTable.allows(state, SessionState.CREATING));
    }

    @Test
    void quarantineIsLeftOnlyByRecoveryOrEnd() {
        assertFalse(StateTable.allows(SessionState.FAILED, SessionState.ACTIVE));
        assertEquals(SessionState.RECOVERING, StateTable.move(SessionState.FAILED, SessionState.RECOVERING));
    }

    @Test
    void anIllegalMoveIsADefect() {
        assertThrows(
                IllegalStateException.class, () -> StateTable.move(SessionState.CREATING, SessionState.RECOVERING));
    }
}
