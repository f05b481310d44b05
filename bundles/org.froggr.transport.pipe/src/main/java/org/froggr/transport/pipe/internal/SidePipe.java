package org.froggr.transport.pipe.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;

/**
 * A pipe of one exchange, while the client opens it: the platform holds both ends, so that nobody waits.
 * Closing it removes the name and leaves the end that was asked for.
 */
final class SidePipe implements AutoCloseable {
    private final int directory;
    private final BytePath name;
    private final OwnedFd both;

    private SidePipe(int directory, BytePath name, OwnedFd both) {
        this.directory = directory;
        this.name = name;
        this.both = both;
    }

    static SidePipe make(int directory, BytePath name) throws ErrnoException {
        Names.remove(directory, name);
        Fifo.make(directory, name);
        return new SidePipe(directory, name, OwnedFd.of(Fifo.openBoth(directory, name)));
    }

    /** The end to write to, which the caller closes; then the client's copying ends. */
    int writer() throws ErrnoException {
        return reopen(Fd.O_WRONLY);
    }

    /** The end to read from, which the caller closes. */
    int reader() throws ErrnoException {
        return reopen(Fd.O_RDONLY);
    }

    private int reopen(int access) throws ErrnoException {
        return Fd.open(BytePath.of("/proc/self/fd/" + both.number()), access | Fd.O_NONBLOCK, 0);
    }

    @Override
    public void close() throws ErrnoException {
        both.close();
        Names.remove(directory, name);
    }
}
