package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;

class PathTextTest {
    @Test
    void whatTheKernelTakesIsTaken() throws FroggrException {
        BytePath longest = BytePath.of(("/" + "n".repeat(255)).repeat(15) + "/" + "n".repeat(254));
        assertEquals(BytePath.MAX_PATH_BYTES, longest.length());
        assertSame(longest, PathText.check(longest, "source"));
    }

    @Test
    void emptyAndTooLongAreTold() {
        assertEquals(Fault.EMPTY_PATH, fault(""));
        assertEquals(Fault.NAME_TOO_LONG, fault("/tmp/" + "n".repeat(256)));
        assertEquals(Fault.NAME_TOO_LONG, fault("/" + "n/".repeat(2048)));
    }

    private static Fault fault(String path) {
        return assertThrows(FroggrException.class, () -> PathText.check(BytePath.of(path), "target")).fault();
    }

    @Test
    void longPathsAreElided() {
        String shown = PathText.elide(BytePath.of("/begin" + "x".repeat(5000) + "end"));
        assertTrue(shown.startsWith("/begin") && shown.endsWith("end") && shown.length() < 80, shown);
    }
}
