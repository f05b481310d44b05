package org.froggr.session.internal.process;

import java.io.ByteArrayOutputStream;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Poll;

/**
 * Lines to and from one process over two non-blocking pipes, until a deadline. The end of the process
 * ends every wait.
 */
final class LineExchange {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int NOTHING = -1;

    private final int process;
    private final int out;
    private final int in;
    private final long deadlineNanos;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * @param process pidfd
     * @param out to write to
     * @param in to read from
     * @param deadlineNanos of {@link System#nanoTime}
     */
    LineExchange(int process, int out, int in, long deadlineNanos) {
        this.process = process;
        this.out = out;
        this.in = in;
        this.deadlineNanos = deadlineNanos;
    }

    /** A read or write that may find nothing to do. */
    private interface Transfer {
        int bytes() throws ErrnoException;
    }

    /** Writes all of it, in pieces if the pipe is short. */
    void send(String text) throws ErrnoException {
        byte[] bytes = ByteText.encode(text);
        int done = 0;
        while (done < bytes.length) {
            waitFor(out, Poll.OUT);
            int from = done;
            done += Math.max(0, orNothing(() -> Fd.write(out, bytes, from, bytes.length - from)));
        }
    }

    /**
     * What follows {@code start} in the first line that begins so; other lines are passed over, and what
     * comes after it is lost.
     */
    String await(String start) throws ErrnoException {
        byte[] chunk = new byte[4096];
        while (true) {
            int count = read(chunk);
            for (int i = 0; i < count; i++) {
                String text = take(chunk[i]);
                if (text.startsWith(start) && chunk[i] == '\n') {
                    return text.substring(start.length());
                }
            }
        }
    }

    private int read(byte[] chunk) throws ErrnoException {
        waitFor(in, Poll.IN);
        int count = orNothing(() -> Fd.read(in, chunk, 0, chunk.length));
        if (count == 0) {
            // Its other end was open at both sides: this is no pipe, or not the one it was.
            throw new ErrnoException(Errno.EPIPE, "read");
        }
        return count;
    }

    /** Adds a byte; the whole line if that ends it, else nothing. */
    private String take(byte b) {
        if (b != '\n' && line.size() < MAX_LINE_BYTES) {
            line.write(b);
            return "";
        }
        String text = ByteText.decode(line.toByteArray());
        line.reset();
        return text;
    }

    /** Somebody else may have been faster, since these are pipes with a name: then -1. */
    private static int orNothing(Transfer transfer) throws ErrnoException {
        try {
            return transfer.bytes();
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return NOTHING;
            }
            throw e;
        }
    }

    private void waitFor(int fd, int event) throws ErrnoException {
        long left = deadlineNanos - System.nanoTime();
        int millis = (int) Math.max(0, left / 1_000_000);
        int[] ready = Poll.poll(new int[] {fd, process}, new int[] {event, Poll.IN}, millis);
        if (ready[1] != 0) {
            throw new ErrnoException(Errno.ESRCH, "poll");
        }
        // Not even what is always ready may go on after the deadline.
        if (ready[0] == 0 || left < 0) {
            throw new ErrnoException(Errno.ETIMEDOUT, "poll");
        }
        if ((ready[0] & event) == 0) {
            throw new ErrnoException(Errno.EPIPE, "poll");
        }
    }
}
