package org.froggr.linux;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named pipes, fifo(7). What is opened here is non-blocking, never through a symbolic link, and checked
 * to be a FIFO of the effective user: EINVAL if it is none, EPERM if it is another user's.
 */
@ProviderType
public final class Fifo {
    /** What one write puts into a pipe whole, in bytes (PIPE_BUF of linux/limits.h, pipe(7)). */
    public static final int PIPE_BUF = 4096;

    private static final int OWNER_ONLY = 0600;

    private Fifo() {}

    /** Makes one with mode 0600. */
    public static void make(int dir, BytePath name) throws ErrnoException {
        At.mkfifo(dir, name, OWNER_ONLY);
    }

    /** Opens the end to read from, whether or not there is a writer. */
    public static int openRead(int dir, BytePath name) throws ErrnoException {
        return open(dir, name, Fd.O_RDONLY);
    }

    /**
     * Opens the end to write to.
     *
     * @throws ErrnoException ENXIO if nobody reads
     */
    public static int openWrite(int dir, BytePath name) throws ErrnoException {
        return open(dir, name, Fd.O_WRONLY);
    }

    /** Opens both ends, so that neither a reader nor a writer is ever missing. */
    public static int openBoth(int dir, BytePath name) throws ErrnoException {
        return open(dir, name, Fd.O_RDWR);
    }

    private static int open(int dir, BytePath name, int access) throws ErrnoException {
        int fd = Fd.openat(dir, name, access | Fd.O_NONBLOCK | Fd.O_NOFOLLOW, 0);
        try {
            check(Stat.of(fd), name);
            return fd;
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    private static void check(Stat stat, BytePath name) throws ErrnoException {
        if (!stat.isFifo()) {
            throw new ErrnoException(Errno.EINVAL.number(), "openat", name);
        }
        if (stat.uid() != Ids.euid()) {
            throw new ErrnoException(Errno.EPERM.number(), "openat", name);
        }
    }

    /**
     * Writes a line that no other writer's bytes get into.
     *
     * @param fd a pipe's, non-blocking
     * @param line at most {@link #PIPE_BUF} bytes
     * @return false if the pipe has no room for all of it, and nothing was written
     * @throws ErrnoException EPIPE if nobody reads
     */
    public static boolean writeWhole(int fd, byte[] line) throws ErrnoException {
        if (line.length > PIPE_BUF) {
            throw new IllegalArgumentException(line.length + " bytes are more than PIPE_BUF");
        }
        try {
            Fd.write(fd, line, 0, line.length);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            throw e;
        }
    }
}
