package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

/** {@link Ids}, {@link Prctl} and {@link Kernel}. */
class IdentityTest {
    private static String output(String command) throws ErrnoException {
        try (Child child = Child.shell(command)) {
            return child.output().strip();
        }
    }

    @Test
    void idsAreThoseOfId() throws ErrnoException {
        assertEquals(output("id -u"), Long.toString(Ids.euid()));
        assertEquals(output("id -g"), Long.toString(Ids.egid()));
        String kernel = output("sed -n 's/^Groups:[[:space:]]*//p' /proc/self/status");
        String groups = Arrays.stream(Ids.groups()).sorted().mapToObj(Long::toString).collect(Collectors.joining(" "));
        assertEquals(kernel, groups);
        assertEquals(Optional.of("root"), Ids.userName(0));
        assertEquals(Optional.empty(), Ids.userName(4_000_000_123L));
    }

    @Test
    void threadsAreNamed() throws ErrnoException {
        Namespaces.<Void, RuntimeException>callIsolated(() -> {
            Prctl.setName("a name longer than fifteen bytes");
            assertEquals("a name longer t", Prctl.name());
            return null;
        });
    }

    @Test
    void theSubreaperIsSetAndCleared() throws ErrnoException {
        assertFalse(Prctl.isChildSubreaper());
        Prctl.setChildSubreaper(true);
        assertTrue(Prctl.isChildSubreaper());
        Prctl.setChildSubreaper(false);
        assertFalse(Prctl.isChildSubreaper());
    }

    @Test
    void versionsAreCompared() throws ErrnoException {
        assertEquals(output("uname -r"), Kernel.release());
        assertTrue(Kernel.atLeast(5, 0));
        assertFalse(Kernel.atLeast(999, 0));
        assertTrue(Kernel.isAtLeast("6.8.0-31-generic", 6, 8));
        assertTrue(Kernel.isAtLeast("6.12-rc1", 6, 8));
        assertFalse(Kernel.isAtLeast("5.15.0", 6, 8));
        assertFalse(Kernel.isAtLeast("unknown", 1, 0));
    }
}
