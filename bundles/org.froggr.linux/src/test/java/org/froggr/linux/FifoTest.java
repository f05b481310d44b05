package org.froggr.linux;

import static org.froggr.linux.Errors.assertErrno;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FifoTest {
    private static final BytePath NAME = BytePath.of(new byte[] {'p', '\n', (byte) 0xfe});

    private Scratch scratch;
    private int dir;

    @BeforeEach
    void makeScratch() throws ErrnoException {
        scratch = new Scratch();
        dir = scratch.dir();
        Fifo.make(dir, NAME);
    }

    @AfterEach
    void removeScratch() throws ErrnoException {
        scratch.close();
    }

    @Test
    void opensWithoutEverBlocking() throws ErrnoException {
        assertErrno(Errno.ENXIO, () -> Fifo.openWrite(dir, NAME));
        int reader = Fifo.openRead(dir, NAME);
        assertEquals(0, Fd.read(reader, new byte[1], 0, 1), "no writer yet");
        int writer = Fifo.openWrite(dir, NAME);
        assertTrue(Fifo.writeWhole(writer, new byte[] {7}));
        byte[] buffer = new byte[10];
        assertEquals(1, Fd.read(reader, buffer, 0, 10));
        assertErrno(Errno.EAGAIN, () -> Fd.read(reader, buffer, 0, 10));
        Fd.close(reader);
        assertErrno(Errno.EPIPE, () -> Fifo.writeWhole(writer, new byte[] {7}));
        Fd.close(writer);
    }

    @Test
    void aLineIsWrittenWholeOrNotAtAll() throws ErrnoException {
        int both = Fifo.openBoth(dir, NAME);
        Fd.setPipeCapacity(both, 4096);
        assertTrue(Fifo.writeWhole(both, new byte[3000]));
        assertFalse(Fifo.writeWhole(both, new byte[3000]));
        assertEquals(3000, Fd.available(both));
        assertThrows(IllegalArgumentException.class, () -> Fifo.writeWhole(both, new byte[4097]));
        Fd.close(both);
    }

    @Test
    void whatIsNoFifoOrNotOursIsRefused() throws ErrnoException {
        scratch.file("file", "");
        At.symlink(NAME, dir, BytePath.of("link"));
        ErrnoException e = assertErrno(Errno.EINVAL, () -> Fifo.openBoth(dir, BytePath.of("file")));
        assertEquals(BytePath.of("file"), e.path());
        assertErrno(Errno.ELOOP, () -> Fifo.openRead(dir, BytePath.of("link")));
        assumeTrue(Ids.euid() == 0, "chown needs root");
        At.chown(dir, NAME, 12345, -1);
        assertErrno(Errno.EPERM, () -> Fifo.openRead(dir, NAME));
    }
}
