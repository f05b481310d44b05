package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
    @Test
    void theOrderGivenDoesNotMatter() {
        assertEquals(
                MountOptions.parse(List.of("noexec", "ro")).all(), MountOptions.parse(List.of("ro", "noexec")).all());
    }

    @Test
    void theLastOfRoAndRwWins() {
        assertFalse(MountOptions.parse(List.of("ro", "rw")).isReadOnly());
        assertEquals(List.of("ro"), MountOptions.parse(List.of("rw", "ro", "defaults")).all());
    }

    @Test
    void unknownOnesAreForTheBackend() {
        MountOptions options = MountOptions.parse(List.of("ro", "depth=3"));
        assertEquals(List.of("depth=3"), options.others());
        assertEquals(Fault.USAGE, assertThrows(FroggrException.class, options::requireNoOthers).fault());
    }
}
