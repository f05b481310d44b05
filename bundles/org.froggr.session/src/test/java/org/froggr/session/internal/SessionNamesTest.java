package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "new", "-x", "3f2a", "dead-beef", "two words", "a/b", "tab\there"})
    void refused(String name) {
        FroggrException e = assertThrows(FroggrException.class, () -> SessionNames.check(name));
        assertEquals(Fault.USAGE, e.fault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "build-7x", "Größe", "newer"})
    void accepted(String name) throws FroggrException {
        assertEquals(name, SessionNames.check(name));
    }

    @Test
    void theNearestComeFirst() {
        assertEquals("dev", SessionNames.nearest("dve", List.of("production", "dev", "test")).get(0));
        assertEquals("3f2a77", SessionNames.nearest("3f2b", List.of("a00000", "3f2a77", "900000")).get(0));
    }
}
