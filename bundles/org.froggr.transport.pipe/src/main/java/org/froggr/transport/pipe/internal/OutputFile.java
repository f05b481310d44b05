package org.froggr.transport.pipe.internal;

import java.util.function.BooleanSupplier;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Poll;
import org.froggr.linux.Stat;

/**
 * A file, pipe or terminal that output goes to. Never waits for ever: a client that dies, and the end of
 * the transport, end a write. One writer at a time.
 */
final class OutputFile {
    private static final int WAIT_MILLIS = 200;

    private final OwnedFd fd;
    private final int atOnce;
    private boolean closed;

    private OutputFile(OwnedFd fd, int atOnce) {
        this.fd = fd;
        this.atOnce = atOnce;
    }

    /**
     * What the client shares. A pipe that poll(2) calls writable takes PIPE_BUF bytes without blocking
     * (pipe(7)), and so little does no harm elsewhere; a file takes what it is given.
     */
    static OutputFile of(int descriptor) throws ErrnoException {
        boolean patient = Stat.of(descriptor).isRegular() || Fd.isNonBlocking(descriptor);
        return new OutputFile(OwnedFd.of(descriptor), patient ? Integer.MAX_VALUE : Fifo.PIPE_BUF);
    }

    /** What the platform opened itself, non-blocking. */
    static OutputFile ofOwn(int descriptor) {
        return new OutputFile(OwnedFd.of(descriptor), Integer.MAX_VALUE);
    }

    /** Writes all of it. */
    synchronized void write(byte[] bytes, int offset, int length, Exit exit) throws ErrnoException {
        if (closed) {
            throw new ErrnoException(Errno.EPIPE, "write");
        }
        int written = 0;
        while (written < length) {
            exit.awaitWritable(fd.number(), WAIT_MILLIS);
            written += writeSome(bytes, offset + written, Math.min(atOnce, length - written));
        }
    }

    private int writeSome(byte[] bytes, int offset, int length) throws ErrnoException {
        try {
            return Fd.write(fd.number(), bytes, offset, length);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return 0;
            }
            throw e;
        }
    }

    int descriptor() {
        return fd.number();
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            Fd.closeQuietly(fd.release());
        }
    }

    /** What ends a wait: the client's death, or that of the transport. */
    @FunctionalInterface
    interface Exit {
        /**
         * Waits until the descriptor takes something.
         *
         * @throws ErrnoException EPIPE if the client has gone, or the transport ends
         */
        void awaitWritable(int descriptor, int millis) throws ErrnoException;
    }

    /** {@link Exit} of a process and a flag. */
    static Exit exitOf(int process, BooleanSupplier ending) {
        return (descriptor, millis) -> {
            int[] found;
            do {
                found = Poll.poll(new int[] {descriptor, process}, new int[] {Poll.OUT, Poll.IN}, millis);
                if (found[1] != 0 || ending.getAsBoolean()) {
                    throw new ErrnoException(Errno.EPIPE, "write");
                }
            } while (found[0] == 0);
        };
    }
}
