package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.function.Executable;

/** Asserts which error a call fails with. */
final class Errors {
    private Errors() {}

    static ErrnoException assertErrno(Errno expected, Executable call) {
        ErrnoException e = assertThrows(ErrnoException.class, call);
        assertEquals(expected.number(), e.number(), e.getMessage());
        return e;
    }
}
