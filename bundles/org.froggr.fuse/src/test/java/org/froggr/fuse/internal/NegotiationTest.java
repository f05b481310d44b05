package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** INIT: struct fuse_init_in and fuse_init_out. */
class NegotiationTest {
    private static final int ALL = -1;
    private static final int INIT_EXT = 1 << 30;

    private Request request;

    @BeforeEach
    void begin() throws Exception {
        request = new Request();
    }

    @AfterEach
    void end() {
        request.release();
    }

    private Protocol answer(boolean passthrough, Message message) throws ErrnoException {
        byte[] bytes = message.bytes();
        request.memory().put(Request.REQUEST, bytes);
        assertTrue(request.parse(bytes.length));
        return InitNegotiation.answer(request, passthrough);
    }

    private static Message init(int major, int minor, int flags, int flags2) {
        return Message.of(26, 0).i32(major, minor, 131072, flags, flags2).i32(new int[11]);
    }

    private int int32(int offset) {
        return request.memory().getInt(16 + offset);
    }

    @Test
    void theNewestKernelGetsAllThatIsWanted() throws Exception {
        Protocol agreed = answer(true, init(7, 45, ALL, ALL));
        assertEquals(45, agreed.minor());
        assertEquals(7, int32(0));
        assertEquals(45, int32(4));
        assertEquals(1 << 20, int32(20), "max_write");
        assertEquals(1, int32(24), "time_gran");
        assertEquals(256, request.memory().getShort(16 + 28), "max_pages");
        assertEquals((int) agreed.flags(), int32(12));
        assertEquals((int) (agreed.flags() >>> 32), int32(32), "flags2");
        assertEquals(1, int32(36), "max_stack_depth");
        assertTrue(agreed.has(1L << 37), "PASSTHROUGH");
        assertTrue(agreed.has(1L << 39), "HAS_RESEND");
        assertFalse(agreed.has(1 << 16), "WRITEBACK_CACHE");
        assertFalse(agreed.has(1 << 9), "SPLICE_READ");
        assertFalse(agreed.has(1L << 32), "SECURITY_CTX");
    }

    @Test
    void passthroughIsAskedForOnlyIfWanted() throws Exception {
        assertFalse(answer(false, init(7, 45, ALL, ALL)).has(1L << 37));
        assertEquals(0, int32(36));
    }

    @Test
    void anOlderKernelGetsWhatItOffers() throws Exception {
        Protocol agreed = answer(true, Message.of(26, 0).i32(7, 31, 131072, ALL & ~INIT_EXT));
        assertEquals(31, agreed.minor());
        assertEquals(0, agreed.flags() >>> 32, "no second word without INIT_EXT");
    }

    @Test
    void aNewerMinorIsAnsweredWithOurs() throws Exception {
        assertEquals(45, answer(true, init(7, 99, ALL, ALL)).minor());
    }

    @Test
    void aNewerMajorIsAskedToTryOurs() throws Exception {
        assertNull(answer(true, init(8, 0, ALL, ALL)));
        assertEquals(7, int32(0));
    }

    @Test
    void tooOldOrSomethingElseIsAProtocolError() {
        for (Message bad : new Message[] {init(7, 30, ALL, ALL), init(6, 45, ALL, ALL), Message.of(17, 1)}) {
            ErrnoException error = assertThrows(ErrnoException.class, () -> answer(true, bad));
            assertTrue(error.is(Errno.EPROTO));
        }
    }
}
