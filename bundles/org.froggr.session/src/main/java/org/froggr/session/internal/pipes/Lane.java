package org.froggr.session.internal.pipes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;

/**
 * The lines on their way into one pipe of a requester's own, one after the other. Used by the loop's
 * thread alone.
 */
final class Lane {
    /** What a lane waits for. */
    enum Wait {
        /** Nothing: it is empty and closed. */
        NOTHING,
        /** Somebody who opens the pipe to read. */
        READER,
        /** Room in the pipe; epoll tells. */
        ROOM
    }

    /** Hears of each line once. */
    interface Ending {
        void ended(Delivery line, boolean delivered);
    }

    private final BytePath path;
    private final long patienceNanos;
    private final Epoll epoll;
    private final Ending ending;
    private final Deque<Delivery> lines = new ArrayDeque<>();
    private int pipe = -1;
    private boolean armed;
    private int done;
    private long deadline;

    /** @param patience how long a reader may do nothing before a line is given up */
    Lane(BytePath path, Duration patience, Epoll epoll, Ending ending) {
        this.path = path;
        this.epoll = epoll;
        this.ending = ending;
        patienceNanos = patience.toNanos();
    }

    void add(Delivery line, long now) {
        if (lines.isEmpty()) {
            deadline = now + patienceNanos;
        }
        lines.add(line);
    }

    /** Goes on as far as it can without waiting. */
    Wait advance(long now) throws ErrnoException {
        while (!lines.isEmpty()) {
            if (now - deadline >= 0) {
                end(false, now);
            } else if (pipe < 0 && !open()) {
                return Wait.READER;
            } else if (!write(now)) {
                arm();
                return Wait.ROOM;
            }
        }
        close();
        return Wait.NOTHING;
    }

    /** False if there is no reader yet; a pipe that is gone lets the lines run out of time. */
    private boolean open() {
        try {
            pipe = Fifo.openWrite(Fd.AT_FDCWD, path);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    /** Writes the first line, or a piece of it; false if the pipe is full. */
    private boolean write(long now) {
        byte[] line = lines.element().line();
        try {
            done += Fd.write(pipe, line, done, line.length - done);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            end(false, now);
            return true;
        }
        deadline = now + patienceNanos;
        if (done == line.length) {
            end(true, now);
        }
        return true;
    }

    private void end(boolean delivered, long now) {
        Delivery line = lines.remove();
        done = 0;
        deadline = now + patienceNanos;
        if (!delivered) {
            // Its reader must not take the next line for the rest of this one.
            close();
        }
        ending.ended(line, delivered);
    }

    private void arm() throws ErrnoException {
        if (!armed) {
            epoll.add(pipe, Epoll.OUT, PipeLoop.OUTBOX);
            armed = true;
        }
    }

    private void close() {
        if (armed) {
            disarm();
        }
        Fd.closeQuietly(pipe);
        pipe = -1;
    }

    private void disarm() {
        armed = false;
        try {
            epoll.remove(pipe);
        } catch (ErrnoException e) {
            // EBADF and ENOENT alone are possible, and mean that it is not registered.
            throw new IllegalStateException(e);
        }
    }

    /** Gives up all lines. */
    void drop(long now) {
        while (!lines.isEmpty()) {
            end(false, now);
        }
        close();
    }
}
