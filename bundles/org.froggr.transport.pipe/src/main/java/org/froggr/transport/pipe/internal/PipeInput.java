package org.froggr.transport.pipe.internal;

import java.io.IOException;
import java.io.InputStream;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Poll;

/** What is typed; ends when the client goes or the link is closed. */
final class PipeInput extends InputStream {
    private static final int WAIT_MILLIS = 200;

    private final OwnedFd fd;
    private final int process;
    private volatile boolean closed;
    private boolean released;

    PipeInput(int descriptor, PipeExchange exchange) {
        this.fd = OwnedFd.of(descriptor);
        this.process = exchange.client().processDescriptor();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!closed) {
            int[] found = Poll.poll(new int[] {fd.number(), process}, new int[] {Poll.IN, Poll.IN}, WAIT_MILLIS);
            if (found[1] != 0) {
                break;
            }
            int count = found[0] == 0 ? 0 : readSome(bytes, offset, length);
            if (count != 0) {
                return count;
            }
        }
        finish();
        return -1;
    }

    /** 0 if there was nothing after all, -1 at the end. */
    private int readSome(byte[] bytes, int offset, int length) throws ErrnoException {
        try {
            int count = Fd.read(fd.number(), bytes, offset, length);
            return count == 0 ? -1 : count;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return 0;
            }
            // EIO: the terminal was hung up.
            if (e.is(Errno.EIO)) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public synchronized int available() throws IOException {
        return closed ? 0 : Fd.available(fd.number());
    }

    private synchronized void finish() {
        closed = true;
        if (!released) {
            released = true;
            Fd.closeQuietly(fd.release());
        }
    }

    @Override
    public void close() {
        closed = true;
        finish();
    }
}
