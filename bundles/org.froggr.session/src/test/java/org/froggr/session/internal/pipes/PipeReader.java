package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.Poll;
import org.froggr.session.internal.store.Json;

/** Reads JSON lines from a pipe, with a deadline. */
final class PipeReader implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    private final int pipe;
    private final Deque<String> lines = new ArrayDeque<>();
    private final LineBuffer buffer;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    private PipeReader(int pipe) {
        this.pipe = pipe;
        buffer = new LineBuffer(line -> lines.add(ByteText.decode(line)), () -> lines.add("too long"));
    }

    /** As a session's process does: both ends, so that the pipe keeps what is in it. */
    static PipeReader both(Object path) throws ErrnoException {
        return new PipeReader(Fifo.openBoth(Fd.AT_FDCWD, BytePath.of(path.toString())));
    }

    static PipeReader only(Object path) throws ErrnoException {
        return new PipeReader(Fifo.openRead(Fd.AT_FDCWD, BytePath.of(path.toString())));
    }

    int descriptor() {
        return pipe;
    }

    String line() throws ErrnoException {
        while (lines.isEmpty()) {
            byte[] bytes = new byte[Fifo.PIPE_BUF];
            assertTrue((Poll.poll(pipe, Poll.IN, LIMIT_MILLIS) & Poll.IN) != 0, "nothing came");
            buffer.feed(bytes, Fd.read(pipe, bytes, 0, bytes.length));
        }
        return lines.remove();
    }

    Map<?, ?> next() throws Exception {
        return (Map<?, ?>) Json.parse(line());
    }

    /** All bytes until the writer closes its end. */
    byte[] untilEnd() throws ErrnoException {
        byte[] bytes = new byte[Fifo.PIPE_BUF];
        int read = 1;
        while (read > 0) {
            assertTrue(Poll.poll(pipe, Poll.IN, LIMIT_MILLIS) != 0, "nothing came");
            read = Fd.read(pipe, bytes, 0, bytes.length);
            all.write(bytes, 0, read);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        Fd.closeQuietly(pipe);
    }
}
