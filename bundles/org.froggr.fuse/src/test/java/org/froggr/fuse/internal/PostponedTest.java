package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.linux.Fd;
import org.froggr.linux.ProcStat;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a former process, which is one that sleeps here: its first thread has begun to make a directory. */
class PostponedTest {
    private static final long BEGUN = 100;
    private static final long SENT_AGAIN = 1L << 63;
    private static final int MKDIR = 9;
    private static final int SETLK = 32;
    private static final int PID_OFFSET = 32;

    @TempDir
    private Path directory;

    private Process former;
    private IntentTable table;
    private Formers formers;
    private Conversation talk;
    private Postponed postponed;

    @BeforeEach
    void begin() throws Exception {
        former = new ProcessBuilder("sleep", "300").start();
        long start = ProcStat.startTime(former.pid());
        Protocol protocol = new Protocol(FuseWire.MINOR, 0);
        KeptConnection.Server server = new KeptConnection.Server(former.pid(), start);
        formers = Formers.of(new KeptConnection(protocol, server, false, List.of()));
        int record = Fd.open(BytePath.of(directory.toString()), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        IntentTable left = IntentTable.open(record, false);
        left.begin(BEGUN, MKDIR, former.pid() << Integer.SIZE | former.pid(), System.currentTimeMillis(), 0, 0);
        left.close();
        table = IntentTable.open(record, true);
        Fd.close(record);
        talk = new Conversation(new MemoryTree(), Conversation.ALL_FLAGS, new Intents(table));
        postponed = new Postponed(talk.served, formers, table, Set.of());
        talk.served.postponed = postponed;
    }

    @AfterEach
    void end() throws Exception {
        former.destroyForcibly();
        assertTrue(former.waitFor(10, TimeUnit.SECONDS));
        talk.close();
        table.close();
        formers.close();
    }

    private void kill() throws Exception {
        former.destroyForcibly();
        assertTrue(formers.awaitEnd(Duration.ofSeconds(10)));
    }

    private static Message again() {
        return Message.of(MKDIR, 1, BEGUN | SENT_AGAIN).i32(0755, 022).name("made");
    }

    private static Message lock() {
        return Message.of(SETLK, 1, 300).i64(1, 2, 0, 9).i32(1, 0, 0, 0);
    }

    @Test
    void whatHasBeenBegunWaitsForItsThread() throws Exception {
        assertNull(talk.ask(again()));
        assertFalse(postponed.release());
        kill();
        assertTrue(postponed.release());
        assertFalse(postponed.release(), "it is sent again once");
        talk.succeed(128, again());
    }

    @Test
    void othersGoOn() throws Exception {
        assertNull(talk.ask(again()));
        talk.makeDirectory(1, "other");
        talk.succeed(128, Message.of(MKDIR, 1, 200 | SENT_AGAIN).i32(0755, 022).name("never begun"));
    }

    @Test
    void itDoesNotWaitForEver() throws Exception {
        assertNull(talk.ask(again()));
        postponed.expire(0);
        postponed.expire(TimeUnit.HOURS.toNanos(1));
        assertNull(talk.kernel.take());
        postponed.expire(1);
        ScriptedChannel.Reply reply = talk.kernel.take();
        assertEquals(-Errno.EIO.number(), reply.error());
        assertEquals(BEGUN | SENT_AGAIN, reply.unique());
        assertEquals(1, talk.complaints);
    }

    @Test
    void whoIsInterruptedIsToldSo() throws Exception {
        assertNull(talk.ask(again()));
        assertNull(talk.ask(Message.of(36, 0, 301).i64(BEGUN | SENT_AGAIN)));
        ScriptedChannel.Reply reply = talk.kernel.take();
        assertEquals(-Errno.EINTR.number(), reply.error());
        assertEquals(BEGUN | SENT_AGAIN, reply.unique());
        assertFalse(postponed.interrupt(BEGUN));
    }

    /** There is no such file, which shows that it is asked for. */
    @Test
    void locksWaitForTheProcessButNotThoseThatItAsksFor() throws Exception {
        assertNull(talk.ask(lock()));
        byte[] own = lock().bytes();
        ByteBuffer.wrap(own).order(ByteOrder.nativeOrder()).putInt(PID_OFFSET, (int) former.pid());
        talk.put(own);
        assertEquals(-Errno.EBADF.number(), talk.kernel.take().error());
        kill();
        assertFalse(postponed.release(), "only when the locks are there again");
        talk.served.postponed = null;
        assertNotNull(talk.ask(lock()));
    }
}
