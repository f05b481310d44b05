package org.froggr.transport.pipe.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;

/** A named pipe of the platform's, open for reading and writing, and known by its inode. */
final class OwnPipe {
    private static final int OWNER_ONLY = 0600;

    private final BytePath name;
    private final OwnedFd fd;
    private final Stat identity;

    private OwnPipe(BytePath name, OwnedFd fd) throws ErrnoException {
        this.name = name;
        this.fd = fd;
        this.identity = Stat.of(fd.number());
    }

    /** Opens the pipe of that name. One that is missing is made, what is no pipe of ours is replaced. */
    static OwnPipe open(int directory, BytePath name) throws ErrnoException {
        try {
            return reuse(directory, name);
        } catch (ErrnoException e) {
            // ENOENT, or in its place something else, or something unreadable.
            Names.remove(directory, name);
            return make(directory, name);
        }
    }

    private static OwnPipe reuse(int directory, BytePath name) throws ErrnoException {
        OwnPipe pipe = new OwnPipe(name, OwnedFd.of(Fifo.openBoth(directory, name)));
        if (pipe.identity.permissions() != OWNER_ONLY) {
            Fd.chmod(pipe.fd(), OWNER_ONLY);
        }
        return pipe;
    }

    static OwnPipe make(int directory, BytePath name) throws ErrnoException {
        Fifo.make(directory, name);
        return new OwnPipe(name, OwnedFd.of(Fifo.openBoth(directory, name)));
    }

    int fd() {
        return fd.number();
    }

    Stat identity() {
        return identity;
    }

    /** Whether its name still leads to it and its owner may open it. */
    boolean isReachable(int directory) throws ErrnoException {
        try {
            Stat named = Stat.at(directory, name, false);
            return named.sameFile(identity) && named.permissions() == OWNER_ONLY;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Takes out what nobody has read. */
    void drain() throws ErrnoException {
        byte[] rest = new byte[Fifo.PIPE_BUF];
        int left = Fd.available(fd());
        while (left > 0) {
            left -= Fd.read(fd(), rest, 0, Math.min(left, rest.length));
        }
    }

    void close() {
        Fd.closeQuietly(fd.release());
    }
}
