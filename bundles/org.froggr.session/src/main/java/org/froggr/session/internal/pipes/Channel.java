package org.froggr.session.internal.pipes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.linux.Epoll;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.store.SessionDirectory;

/**
 * The pipes of one session. Its requests are carried out one after the other, in the order in which
 * they came; while too many wait, its {@code ctl} is not read. Safe from any thread.
 */
final class Channel {
    /** As many requests may wait; then writers do. */
    static final int MOST_WAITING = 64;

    /** What a line of {@code ctl} is given to, on a thread that may block. */
    interface Work {
        void carryOut(Channel channel, byte[] line);
    }

    private final SessionDirectory session;
    private final PipeLoop loop;
    private final Executor workers;
    private final Work work;
    private final ReplyPipe reply;
    private final LineBuffer lines;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final int ctl;
    private final long number;
    private boolean busy;
    private boolean paused;
    private boolean closed;

    /** Opens {@code ctl} and has it read from now on. */
    Channel(SessionDirectory session, PipeLoop loop, Executor workers, Work work) throws ErrnoException {
        this.session = session;
        this.loop = loop;
        this.workers = workers;
        this.work = work;
        reply = new ReplyPipe(session);
        lines = new LineBuffer(waiting::add, this::tooLong);
        try (OwnedFd directory = OwnedFd.of(session.openDirectory());
                // Both ends, so that it never looks as if it had come to its end.
                OwnedFd pipe = OwnedFd.of(Fifo.openBoth(directory.number(), SessionDirectory.CTL))) {
            synchronized (this) {
                number = loop.add(this, pipe.number());
                ctl = pipe.release();
            }
        }
    }

    UUID id() {
        return session.id();
    }

    ReplyPipe reply() {
        return reply;
    }

    /** Takes what is in {@code ctl}, at most a buffer full. */
    synchronized void read(byte[] buffer) throws ErrnoException {
        if (closed) {
            return;
        }
        try {
            lines.feed(buffer, Fd.read(ctl, buffer, 0, buffer.length));
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
        start();
        if (waiting.size() >= MOST_WAITING) {
            watch(0);
            paused = true;
        }
    }

    private void tooLong() {
        String message = "a line of ctl has more than " + LineBuffer.MOST_BYTES + " bytes and was left out";
        reply.write(Answer.event(null, Fault.USAGE, message));
    }

    private void start() {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            workers.execute(this::next);
        }
    }

    private void next() {
        byte[] line;
        synchronized (this) {
            line = waiting.poll();
        }
        try {
            if (line != null) {
                work.carryOut(this, line);
            }
        } finally {
            finished();
        }
    }

    private synchronized void finished() {
        busy = false;
        if (closed) {
            return;
        }
        start();
        if (paused && waiting.size() < MOST_WAITING) {
            paused = false;
            resume();
        }
    }

    private void resume() {
        try {
            watch(Epoll.IN);
        } catch (ErrnoException e) {
            reply.write(Answer.event(null, Fault.INTERNAL, "ctl is no longer read: " + e.getMessage()));
        }
    }

    private void watch(int events) throws ErrnoException {
        loop.epoll().modify(ctl, events, number);
    }

    /**
     * Stops reading. What is being carried out goes on; what waits is not.
     *
     * @return the lines that were not carried out
     */
    synchronized List<byte[]> close() {
        if (closed) {
            return List.of();
        }
        closed = true;
        loop.forget(number);
        try {
            loop.epoll().remove(ctl);
        } catch (ErrnoException e) {
            reply.write(Answer.event(null, Fault.INTERNAL, e.getMessage()));
        }
        Fd.closeQuietly(ctl);
        List<byte[]> rest = List.copyOf(waiting);
        waiting.clear();
        return rest;
    }
}
