package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;

/**
 * Speaks with an anchor in the words that {@code lib/frg-anchor} lists. The pipes are reached through
 * the anchor's own descriptors ({@code /proc/PID/fd}, proc(5)), so that it stays reachable when the
 * session's directory was removed or its pipes were replaced. One conversation at a time.
 */
final class AnchorLine {
    private final long pid;
    private final PidFd process;
    private final ReentrantLock turn = new ReentrantLock();
    /** Guarded by {@link #turn}: nobody uses the pidfd after it was closed. */
    private boolean closed;

    AnchorLine(long pid, PidFd process) {
        this.pid = pid;
        this.process = process;
    }

    /** What a program that the anchor ran ended with. */
    record Outcome(int status, String said) {}

    /** True also if it could not be asked: somebody else speaks with it, or the caller was interrupted. */
    boolean ping(Duration limit) {
        try {
            if (!turn.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            try {
                wake();
                ask("ping", "", "pong", limit);
                return true;
            } finally {
                turn.unlock();
            }
        } catch (ErrnoException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Of all signals only STOP and KILL can still halt an anchor. */
    private void wake() throws ErrnoException {
        if (!closed) {
            Termination.signal(process, PidFd.SIGCONT);
        }
    }

    /**
     * Has a program run.
     *
     * @throws ErrnoException ETIMEDOUT without an answer in time, ESRCH if the anchor is dead, E2BIG if
     *     the command is longer than the protocol takes
     */
    Outcome run(List<BytePath> command, Duration limit) throws ErrnoException, InterruptedException {
        return perform("run", " " + RunWords.of(command) + " .", limit);
    }

    /** Has it open {@code /dev/fuse} as {@link Anchor#FUSE}, in place of what that was before. */
    Outcome fuse(Duration limit) throws ErrnoException, InterruptedException {
        return perform("fuse", "", limit);
    }

    private Outcome perform(String word, String rest, Duration limit) throws ErrnoException, InterruptedException {
        if (!turn.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ErrnoException(Errno.ETIMEDOUT, word);
        }
        try {
            String[] answer = ask(word, rest, "done", limit).split(" ", 2);
            return new Outcome(Integer.parseInt(answer[0]), answer.length > 1 ? answer[1].strip() : "");
        } catch (NumberFormatException e) {
            throw new ErrnoException(Errno.EPROTO, word);
        } finally {
            turn.unlock();
        }
    }

    /** Sends {@code word TOKEN rest} and gives what follows {@code answer TOKEN} in the line that comes back. */
    private String ask(String word, String rest, String answer, Duration limit) throws ErrnoException {
        if (closed) {
            throw new ErrnoException(Errno.ESRCH, word);
        }
        String token = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        try (OwnedFd words = open(AnchorPipes.WORDS, Fd.O_WRONLY);
                OwnedFd answers = open(AnchorPipes.ANSWERS, Fd.O_RDONLY)) {
            Liveness.require(process, word);
            long deadline = System.nanoTime() + limit.toNanos();
            LineExchange exchange = new LineExchange(process.fd(), words.number(), answers.number(), deadline);
            // The newline in front ends what a platform that died may have left half written.
            exchange.send("\n" + word + " " + token + rest + "\n");
            return exchange.await(answer + " " + token).strip();
        }
    }

    /** Waits for the end of a conversation in progress; there will be no other. */
    void close() {
        turn.lock();
        closed = true;
        turn.unlock();
    }

    private OwnedFd open(int number, int access) throws ErrnoException {
        try {
            return OwnedFd.of(Fd.open(BytePath.of("/proc/" + pid + "/fd/" + number), access | Fd.O_NONBLOCK, 0));
        } catch (ErrnoException e) {
            Liveness.require(process, "open");
            throw e;
        }
    }
}
