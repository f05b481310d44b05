package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    @Test
    void thoseThatProgramsWaitForComeFirstAndNoneIsLeftOut() {
        List<String> sessions = List.of("idle 1", "waiting 1", "idle 2", "waiting 2");
        assertEquals(
                List.of(List.of("waiting 1", "waiting 2"), List.of("idle 1", "idle 2")),
                Urgency.parts(sessions, session -> session.startsWith("waiting")));
    }
}
