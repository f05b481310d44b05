package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    @ParameterizedTest
    @EnumSource
    void exitStatusesAreThoseOfSysexits(Fault fault) {
        assertTrue(fault.exitStatus() >= 64 && fault.exitStatus() <= 77, fault.name());
    }

    @ParameterizedTest
    @CsvSource({
        "USAGE,64", "TYPE_MISMATCH,65", "SOURCE_MISSING,66", "UNSUPPORTED,69", "INTERNAL,70", "OS_ERROR,71",
        "FOREIGN_MOUNT,73", "IO_ERROR,74", "BUSY,75", "NO_PRIVILEGE,77"
    })
    void oneOfEachStatus(Fault fault, int status) {
        assertEquals(status, fault.exitStatus());
    }

    @Test
    void anErrorForAPersonKeepsAllItIsGiven() {
        ErrnoException cause = new ErrnoException(Errno.ENOENT, "open");
        FroggrException error = FroggrException.of(Fault.SOURCE_MISSING, "no such source")
                .about(BytePath.of("/x"))
                .hint("ls /")
                .causedBy(cause);
        assertEquals(Fault.SOURCE_MISSING, error.fault());
        assertEquals("no such source", error.getMessage());
        assertEquals(Optional.of(BytePath.of("/x")), error.path());
        assertEquals(Optional.of("ls /"), error.hint());
        assertEquals(cause, error.getCause());
    }

    @Test
    void anErrorMayHaveNeitherPathNorHint() {
        FroggrException error = FroggrException.of(Fault.INTERNAL, "a defect");
        assertEquals(Optional.empty(), error.path());
        assertEquals(Optional.empty(), error.hint());
    }
}
