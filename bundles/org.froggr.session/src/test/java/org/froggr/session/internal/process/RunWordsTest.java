package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

class RunWordsTest {
    private static final BytePath MOUNT = BytePath.of("mount");

    @Test
    void writesBytesInOctal() throws ErrnoException {
        List<BytePath> command = List.of(MOUNT, BytePath.of("/a B1\n"), BytePath.of(new byte[] {(byte) 0xff}));
        assertEquals("mount /a\\0040B1\\0012\\0000\\0377\\0000", RunWords.of(command));
    }

    @Test
    void refusesWhatIsNoCommand() {
        assertThrows(IllegalArgumentException.class, () -> RunWords.of(List.of(MOUNT)));
        assertThrows(IllegalArgumentException.class, () -> RunWords.of(List.of(BytePath.of("a b"), MOUNT)));
    }

    @Test
    void refusesWhatXargsWouldDivide() {
        BytePath much = BytePath.of("x".repeat(70_000));
        ErrnoException e = assertThrows(ErrnoException.class, () -> RunWords.of(List.of(MOUNT, much)));
        assertTrue(e.is(Errno.E2BIG));
    }
}
