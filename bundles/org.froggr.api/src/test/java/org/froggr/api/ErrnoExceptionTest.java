package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoExceptionTest {
    @Test
    void saysWhatFailedOnWhatAndWhy() {
        ErrnoException error = new ErrnoException(Errno.ENOENT.number(), "open", BytePath.of("/a b"));
        assertEquals("open '/a b': No such file or directory (ENOENT)", error.getMessage());
        assertEquals("open", error.operation());
        assertEquals(BytePath.of("/a b"), error.path());
        assertTrue(error.is(Errno.ENOENT));
        assertFalse(error.is(Errno.EPERM));
    }

    @Test
    void mayConcernNoPath() {
        ErrnoException error = new ErrnoException(Errno.EMFILE, "pipe2");
        assertEquals("pipe2: Too many open files (EMFILE)", error.getMessage());
        assertNull(error.path());
    }

    @Test
    void carriesNumbersThatHaveNoName() {
        assertEquals(524, new ErrnoException(524, "read", null).number());
        assertEquals("read: error 524", new ErrnoException(524, "read", null).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorIsFoundByItsNumber(Errno errno) {
        assertEquals(Optional.of(errno), Errno.of(errno.number()));
    }

    @Test
    void numbersOutsideTheTableAreUnknown() {
        assertTrue(IntStream.of(-1, 0, 41, 58, 255, 256, Integer.MAX_VALUE).allMatch(n -> Errno.of(n).isEmpty()));
    }
}
