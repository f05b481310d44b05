package org.froggr.transport.unix.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.froggr.linux.UnixSocket;

/** The name of the socket in {@code platform/}. Used by one thread at a time. */
final class SocketFile {
    static final BytePath NAME = BytePath.of("sock");

    private static final BytePath NEW_NAME = BytePath.of("sock.new");
    private static final int OWNER_ONLY = 0600;
    private static final int BACKLOG = 128;

    private final int directory;
    private Stat ours;

    SocketFile(int directory) {
        this.directory = directory;
    }

    /**
     * Puts a new socket in the place of whatever has the name: a client meets the old one or the new one.
     *
     * @return the descriptor that listens
     */
    int make() throws ErrnoException {
        removeIfThere(NEW_NAME);
        int listener = UnixSocket.listen(directory, NEW_NAME, BACKLOG);
        try {
            Stat made = Stat.at(directory, NEW_NAME, false);
            moveIntoPlace();
            ours = made;
            return listener;
        } catch (ErrnoException e) {
            Fd.closeQuietly(listener);
            throw e;
        }
    }

    private void moveIntoPlace() throws ErrnoException {
        try {
            At.rename(directory, NEW_NAME, directory, NAME);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EISDIR)) {
                throw e;
            }
            At.rmdir(directory, NAME);
            At.rename(directory, NEW_NAME, directory, NAME);
        }
    }

    /** Whether clients find the socket made last. */
    boolean isInPlace() throws ErrnoException {
        try {
            return Stat.at(directory, NAME, false).sameFile(ours);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Gives the socket in place its mode again; returns whether it had it. */
    boolean mendMode() throws ErrnoException {
        if (Stat.at(directory, NAME, false).permissions() == OWNER_ONLY) {
            return true;
        }
        At.chmod(directory, NAME, OWNER_ONLY);
        return false;
    }

    /** Removes the name, unless it means another one's socket by now. */
    void remove() throws ErrnoException {
        if (isInPlace()) {
            removeIfThere(NAME);
        }
    }

    private void removeIfThere(BytePath name) throws ErrnoException {
        try {
            At.unlink(directory, name);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
