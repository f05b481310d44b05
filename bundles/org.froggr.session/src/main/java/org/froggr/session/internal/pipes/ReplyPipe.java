package org.froggr.session.internal.pipes;

import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.session.internal.store.SessionDirectory;

/**
 * The writing end of a session's {@code reply}. A line goes in whole and at once, or not at all: nobody
 * is waited for. Safe from any thread.
 *
 * <p>The pipe is opened for each line: an open end per session would double the platform's descriptors.
 */
final class ReplyPipe {
    private final SessionDirectory session;
    private final AtomicLong dropped = new AtomicLong();
    private boolean torn;

    ReplyPipe(SessionDirectory session) {
        this.session = session;
    }

    /** Writes a line, or counts it as dropped if there is no room, no pipe or no reader. */
    boolean write(byte[] line) {
        if (offer(line)) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    /** As {@link #write}, but without counting. */
    synchronized boolean offer(byte[] line) {
        try (OwnedFd directory = OwnedFd.of(session.openDirectory());
                OwnedFd pipe = OwnedFd.of(Fifo.openWrite(directory.number(), SessionDirectory.REPLY))) {
            mend(pipe.number());
            return line.length <= Fifo.PIPE_BUF ? Fifo.writeWhole(pipe.number(), line) : writeLong(pipe.number(), line);
        } catch (ErrnoException e) {
            // Without the directory, the pipe or a reader there is nobody to tell.
            return false;
        }
    }

    /**
     * More than PIPE_BUF bytes are written whole only into an empty pipe: how the kernel has divided a
     * filled one into pages cannot be known (pipe(7)). No other process writes to it.
     */
    private boolean writeLong(int pipe, byte[] line) throws ErrnoException {
        if (Fd.available(pipe) > 0 || Fd.pipeCapacity(pipe) < line.length) {
            return false;
        }
        int written = Fd.write(pipe, line, 0, line.length);
        torn = written < line.length;
        return !torn;
    }

    /** Ends a line that the kernel took only a part of, so that the next one can be read. */
    private void mend(int pipe) throws ErrnoException {
        if (torn) {
            torn = !Fifo.writeWhole(pipe, new byte[] {'\n'});
            if (torn) {
                throw new ErrnoException(Errno.EAGAIN, "write");
            }
        }
    }

    /** Whether that is this very pipe. */
    boolean isSame(Stat other) {
        try (OwnedFd directory = OwnedFd.of(session.openDirectory())) {
            return Stat.at(directory.number(), SessionDirectory.REPLY, false).sameFile(other);
        } catch (ErrnoException e) {
            return false;
        }
    }

    long dropped() {
        return dropped.get();
    }

    void countDropped() {
        dropped.incrementAndGet();
    }
}
