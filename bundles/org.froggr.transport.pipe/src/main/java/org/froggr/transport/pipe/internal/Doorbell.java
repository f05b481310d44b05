package org.froggr.transport.pipe.internal;

import java.util.function.Consumer;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Epoll;
import org.froggr.linux.Fd;
import org.froggr.linux.Poll;

/** The control pipe {@code platform/ctl}: clients ring by a line. Thread-safe. */
final class Doorbell {
    static final BytePath NAME = BytePath.of("ctl");

    private static final int BUFFER_BYTES = 64 << 10;

    private final int directory;
    private final Epoll epoll;
    private final long key;
    private final BellLines lines = new BellLines();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private OwnPipe pipe;

    /** Makes or takes over the pipe, and has {@code epoll} report it as {@code key}. */
    Doorbell(int directory, Epoll epoll, long key) throws ErrnoException {
        this.directory = directory;
        this.epoll = epoll;
        this.key = key;
        attach(OwnPipe.open(directory, NAME));
    }

    private void attach(OwnPipe next) throws ErrnoException {
        epoll.add(next.fd(), Epoll.IN, key);
        pipe = next;
    }

    /** Reads what there is. */
    synchronized void read(Consumer<BellLine> rung, Consumer<Integer> rejected) throws ErrnoException {
        if (pipe == null || Poll.poll(pipe.fd(), Poll.IN, 0) == 0) {
            return;
        }
        try {
            lines.take(buffer, Fd.read(pipe.fd(), buffer, 0, buffer.length), rung, rejected);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    /** Makes it anew if clients cannot reach it; returns whether it was well. */
    synchronized boolean mend() throws ErrnoException {
        if (pipe != null && pipe.isReachable(directory)) {
            return true;
        }
        OwnPipe next = OwnPipe.open(directory, NAME);
        detach();
        attach(next);
        return false;
    }

    private void detach() throws ErrnoException {
        if (pipe != null) {
            epoll.remove(pipe.fd());
            pipe.close();
            pipe = null;
        }
    }

    /** Closes it and removes its name. */
    synchronized void close() throws ErrnoException {
        boolean ours = pipe != null && pipe.isReachable(directory);
        detach();
        if (ours) {
            Names.remove(directory, NAME);
        }
    }
}
