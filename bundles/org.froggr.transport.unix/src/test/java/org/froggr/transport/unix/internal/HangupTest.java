package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HangupTest {
    private final List<String> done = new ArrayList<>();
    private final Hangup hangup = new Hangup();

    @Test
    void everyActionRunsOnceAndALateOneAtOnce() {
        hangup.add(() -> done.add("a"));
        hangup.add(() -> done.add("b"));
        hangup.happen();
        hangup.happen();
        hangup.add(() -> done.add("late"));
        assertEquals(List.of("a", "b", "late"), done);
    }

    @Test
    void nothingRunsAfterTheEnd() {
        hangup.add(() -> done.add("a"));
        hangup.disarm();
        hangup.happen();
        hangup.add(() -> done.add("late"));
        assertEquals(List.of(), done);
    }
}
