package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawLocksTest {
    private static final int EAGAIN = Errno.EAGAIN.number();

    private Scratch scratch;
    private int one;
    private int two;

    @BeforeEach
    void open() throws ErrnoException {
        scratch = new Scratch();
        scratch.file("a", "");
        one = Fd.open(scratch.path("a"), Fd.O_RDWR, 0);
        two = Fd.open(scratch.path("a"), Fd.O_RDWR, 0);
    }

    @AfterEach
    void close() throws ErrnoException {
        Fd.closeQuietly(one, two);
        scratch.close();
    }

    @Test
    void aPartIsLocked() {
        assertEquals(0, RawLocks.set(one, RawLocks.WRITE, 10, 19));
        assertEquals(-EAGAIN, RawLocks.set(two, RawLocks.READ, 19, 19));
        assertEquals(0, RawLocks.set(two, RawLocks.READ, 20, Long.MAX_VALUE));
        assertEquals(0, RawLocks.find(two, RawLocks.READ, 0, Long.MAX_VALUE));
        assertEquals(RawLocks.WRITE, RawLocks.foundType());
        assertEquals(10, RawLocks.foundStart());
        assertEquals(19, RawLocks.foundEnd());
        assertEquals(-1, RawLocks.foundPid());
        assertEquals(0, RawLocks.find(one, RawLocks.WRITE, 0, Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, RawLocks.foundEnd());
        assertEquals(0, RawLocks.set(one, RawLocks.UNLOCK, 0, Long.MAX_VALUE));
        assertEquals(0, RawLocks.find(two, RawLocks.WRITE, 0, 100));
        assertEquals(RawLocks.UNLOCK, RawLocks.foundType());
    }

    @Test
    void allOfItIsLocked() throws ErrnoException {
        assertEquals(0, RawLocks.setWhole(one, RawLocks.READ));
        assertEquals(0, RawLocks.setWhole(two, RawLocks.READ));
        assertEquals(-EAGAIN, RawLocks.setWhole(two, RawLocks.WRITE));
        Fd.close(one);
        one = -1;
        assertEquals(0, RawLocks.setWhole(two, RawLocks.WRITE));
        assertEquals(0, RawLocks.setWhole(two, RawLocks.UNLOCK));
    }
}
