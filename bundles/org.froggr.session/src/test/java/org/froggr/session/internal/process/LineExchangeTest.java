package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Spawn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a process that says nothing; what it would say is written by the test. */
@Timeout(60)
class LineExchangeTest {
    private long pid;
    private PidFd process;
    private int[] answers;
    private int[] words;

    @BeforeEach
    void start() throws ErrnoException {
        pid = Spawn.of(BytePath.of("/bin/sleep")).arguments("sleep", "1000").start();
        process = PidFd.open(pid);
        answers = pipe();
        words = pipe();
    }

    private static int[] pipe() throws ErrnoException {
        int[] ends = Fd.pipe();
        Fd.setNonBlocking(ends[0], true);
        Fd.setNonBlocking(ends[1], true);
        return ends;
    }

    @AfterEach
    void end() throws ErrnoException {
        Termination.of(process, Duration.ZERO, Duration.ofSeconds(20));
        Spawn.reap(pid);
        process.close();
        Fd.closeQuietly(answers);
        Fd.closeQuietly(words);
    }

    private LineExchange exchange(Duration limit) {
        return new LineExchange(process.fd(), words[1], answers[0], System.nanoTime() + limit.toNanos());
    }

    private void answer(String text) throws ErrnoException {
        Fd.writeFully(answers[1], ByteText.encode(text));
    }

    private void assertFails(Errno errno, Duration limit) {
        LineExchange exchange = exchange(limit);
        ErrnoException e = assertThrows(ErrnoException.class, () -> exchange.await("pong"));
        assertTrue(e.is(errno), e.getMessage());
    }

    @Test
    void findsTheAnswerAmongOtherLines() throws ErrnoException {
        answer("pon\n\npong 1\u00e9\udcff\npong 2\n");
        assertEquals(" 1\u00e9\udcff", exchange(Duration.ofSeconds(20)).await("pong"));
    }

    @Test
    void passesOverALineThatIsTooLong() throws ErrnoException {
        LineExchange exchange = exchange(Duration.ofSeconds(20));
        Fd.setPipeCapacity(answers[1], 1 << 20);
        answer("x".repeat(200_000) + "pong\npong 2\n");
        assertEquals(" 2", exchange.await("pong"));
    }

    @Test
    void endsWithTheTime() {
        assertFails(Errno.ETIMEDOUT, Duration.ofMillis(30));
        assertFails(Errno.ETIMEDOUT, Duration.ofMillis(-1));
    }

    @Test
    void endsWithTheTimeAlsoIfThereIsNoRoom() throws ErrnoException {
        LineExchange exchange = exchange(Duration.ofMillis(30));
        ErrnoException e = assertThrows(ErrnoException.class, () -> exchange.send("x".repeat(1 << 20)));
        assertTrue(e.is(Errno.ETIMEDOUT), e.getMessage());
    }

    @Test
    void endsWithTheProcess() throws ErrnoException {
        process.signal(PidFd.SIGKILL);
        assertFails(Errno.ESRCH, Duration.ofSeconds(20));
    }

    @Test
    void endsWithThePipe() throws ErrnoException {
        Fd.close(answers[1]);
        answers[1] = -1;
        assertFails(Errno.EPIPE, Duration.ofSeconds(20));
    }

    @Test
    void endsAtAFileThatIsNoPipe() throws ErrnoException {
        Fd.closeQuietly(answers[0]);
        answers[0] = Fd.open(BytePath.of("/dev/null"), Fd.O_RDONLY | Fd.O_NONBLOCK, 0);
        assertFails(Errno.EPIPE, Duration.ofSeconds(20));
    }
}
