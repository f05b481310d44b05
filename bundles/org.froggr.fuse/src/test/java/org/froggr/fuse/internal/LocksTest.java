package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.froggr.api.Errno;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of a tree that has none itself: GETLK, SETLK, SETLKW with struct fuse_lk_in and fuse_lk_out. */
class LocksTest {
    private static final int GETLK = 31;
    private static final int SETLK = 32;
    private static final int SETLKW = 33;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int UNLOCK = 2;

    private final MemoryTree tree = new MemoryTree();
    private Conversation talk;
    private long[] file;

    @BeforeEach
    void begin() throws Exception {
        talk = new Conversation(tree);
        file = talk.create("a");
    }

    @AfterEach
    void end() {
        talk.close();
        assertEquals(0, tree.handles());
    }

    private Message lock(int opcode, long unique, long owner, int type, long start, long end) {
        return Message.of(opcode, file[0], unique)
                .i64(file[1], owner, start, end)
                .i32(type, (int) owner * 10, 0, 0);
    }

    private Message flock(int opcode, long unique, long owner, int type) {
        return Message.of(opcode, file[0], unique)
                .i64(file[1], owner, 0, Long.MAX_VALUE)
                .i32(type, 0, 1, 0);
    }

    @Test
    void rangesExcludeEachOther() {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        talk.fail(Errno.EAGAIN, lock(SETLK, 4, 2, READ, 99, 99));
        talk.succeed(0, lock(SETLK, 6, 2, READ, 100, 199));
        talk.succeed(0, lock(SETLK, 8, 1, READ, 150, 300));
        ScriptedChannel.Reply found = talk.succeed(24, lock(GETLK, 10, 2, READ, 0, Long.MAX_VALUE));
        assertEquals(0, found.int64(0));
        assertEquals(99, found.int64(8));
        assertEquals(WRITE, found.int32(16));
        assertEquals(10, found.int32(20), "pid");
        assertEquals(UNLOCK, talk.succeed(24, lock(GETLK, 12, 1, READ, 0, 99)).int32(16), "one's own");
    }

    @Test
    void unlockingTheMiddleLeavesBothEnds() {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        talk.succeed(0, lock(SETLK, 4, 1, UNLOCK, 40, 59));
        talk.succeed(0, lock(SETLK, 6, 2, WRITE, 40, 59));
        talk.fail(Errno.EAGAIN, lock(SETLK, 8, 2, WRITE, 39, 40));
        talk.fail(Errno.EAGAIN, lock(SETLK, 10, 2, WRITE, 60, 60));
    }

    @Test
    void whoWaitsIsAnsweredWhenItIsReleased() {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        assertNull(talk.ask(lock(SETLKW, 4, 2, WRITE, 50, 60)));
        talk.succeed(0, lock(SETLKW, 6, 3, WRITE, 100, 110));
        talk.put(lock(SETLK, 8, 1, UNLOCK, 0, 99).bytes());
        assertEquals(4, answered(0), "the one who waited");
        assertEquals(8, answered(0), "the one who released");
        talk.fail(Errno.EAGAIN, lock(SETLK, 10, 1, READ, 50, 50));
    }

    private long answered(int error) {
        ScriptedChannel.Reply reply = talk.kernel.take();
        assertNotNull(reply);
        assertEquals(error, reply.error());
        return reply.unique();
    }

    @Test
    void closingADescriptorReleasesTheOwnersRecords() {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        talk.succeed(0, flock(SETLK, 4, 1, WRITE));
        assertNull(talk.ask(lock(SETLKW, 6, 2, WRITE, 0, 9)));
        talk.put(Message.of(25, file[0], 8).i64(file[1]).i32(0, 0).i64(1).bytes());
        assertEquals(6, answered(0));
        assertEquals(8, answered(0));
        talk.fail(Errno.EAGAIN, flock(SETLK, 10, 2, READ));
    }

    @Test
    void releasingTheFileReleasesItsLockOnTheWhole() {
        long[] second = {file[0], talk.succeed(16, Message.of(14, file[0]).i32(2, 0)).int64(0)};
        talk.succeed(0, flock(SETLK, 2, 1, WRITE));
        long[] first = file;
        file = second;
        assertNull(talk.ask(flock(SETLKW, 4, 2, WRITE)));
        int flockUnlock = 2;
        talk.put(Message.of(18, first[0], 6).i64(first[1]).i32(0, flockUnlock).i64(1).bytes());
        assertEquals(4, answered(0));
        assertEquals(6, answered(0));
    }

    @Test
    void interruptsEndAWait() {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        assertNull(talk.ask(lock(SETLKW, 4, 2, WRITE, 0, 9)));
        talk.put(Message.of(36, 0, 5).i64(4).bytes());
        assertEquals(4, answered(-Errno.EINTR.number()));
        assertNull(talk.kernel.take(), "an interrupt that was taken has no reply");
        talk.succeed(0, lock(SETLK, 6, 1, UNLOCK, 0, 99));
        talk.succeed(0, lock(SETLK, 8, 3, WRITE, 0, 99));
    }

    @Test
    void interruptsOfUnknownRequestsAreAskedForAgainButNotForEver() {
        talk.fail(Errno.EAGAIN, Message.of(36, 0, 5).i64(4));
        for (int i = 0; i < 2000; i++) {
            talk.put(Message.of(36, 0, 5).i64(4).bytes());
        }
        int answers = 0;
        while (talk.kernel.take() != null) {
            answers++;
        }
        assertEquals(999, answers);
    }

    @Test
    void theEndAnswersWhoWaits() throws Exception {
        talk.succeed(0, lock(SETLK, 2, 1, WRITE, 0, 99));
        assertNull(talk.ask(lock(SETLKW, 4, 2, WRITE, 0, 9)));
        talk.served.close();
        assertEquals(4, answered(-Errno.ENOLCK.number()));
    }

    @Test
    void nonsenseIsRefused() {
        talk.fail(Errno.EINVAL, lock(SETLK, 2, 1, 3, 0, 9));
        talk.fail(Errno.EINVAL, lock(SETLK, 2, 1, WRITE, -1, 9));
        talk.fail(Errno.EINVAL, lock(SETLK, 2, 1, WRITE, 10, 9));
    }
}
