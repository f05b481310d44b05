package org.froggr.transport.pipe.internal;

import java.util.Optional;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Processes;
import org.froggr.linux.Stat;
import org.froggr.linux.TerminalSize;

/**
 * The process that asks. That it is the one that claimed the slot is proved by its descriptor 9, which
 * must be open on the slot's reply pipe; that the platform may write to its descriptors, by its user.
 */
final class Client implements AutoCloseable {
    /** The client's descriptors, as bin/frg opens them. */
    static final int OUT = 6;

    static final int ERR = 7;
    private static final int REPLY = 9;

    /** Not 0: while the client waits in the shell's read, that is the reply pipe. */
    private static final int IN = 5;

    // fcntl.h, sys/stat.h
    private static final int ACCESS_MODE = 3;
    private static final int S_IFMT = 0170000;
    private static final int S_IFCHR = 0020000;

    private final long pid;
    private final PidFd process;
    private final OutputWay way;

    private Client(long pid, PidFd process, OutputWay way) {
        this.pid = pid;
        this.process = process;
        this.way = way;
    }

    /**
     * The process of that number, if it waits for an answer in that pipe.
     *
     * @throws ErrnoException ESRCH if there is none, EPERM if it is another user's, EBADF if it does not
     *     wait there
     */
    static Client of(long pid, Stat reply, OutputWay way) throws ErrnoException {
        Client client = new Client(pid, PidFd.open(pid), way);
        try {
            client.check(reply);
            return client;
        } catch (ErrnoException e) {
            client.close();
            throw e;
        }
    }

    private void check(Stat reply) throws ErrnoException {
        if (process.exited()) {
            throw new ErrnoException(Errno.ESRCH, "pidfd_open");
        }
        if (Processes.euid(pid) != Ids.euid()) {
            throw new ErrnoException(Errno.EPERM, "pidfd_open");
        }
        if (!opened(REPLY).sameFile(reply)) {
            throw new ErrnoException(Errno.EBADF, "pidfd_getfd");
        }
    }

    /** What its descriptor is open on; through /proc, which Yama allows too. */
    private Stat opened(int target) throws ErrnoException {
        try {
            return Stat.at(Fd.AT_FDCWD, path(target), true);
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOENT) ? new ErrnoException(Errno.EBADF, "statx") : e;
        }
    }

    /** Whether standard output and error are open on one and the same file. */
    boolean sharesOutput() throws ErrnoException {
        return opened(OUT).sameFile(opened(ERR));
    }

    private BytePath path(int target) {
        return BytePath.of("/proc/" + pid + "/fd/" + target);
    }

    long pid() {
        return pid;
    }

    /** Readable once it has ended. */
    int processDescriptor() {
        return process.fd();
    }

    /** A way to write to its standard output or error; empty if it must copy itself. */
    Optional<OutputFile> output(int target) throws ErrnoException {
        OptionalInt fetched = fetch(target);
        if (fetched.isPresent()) {
            return Optional.of(OutputFile.of(reopened(fetched.getAsInt())));
        }
        return reopen(target).stream().mapToObj(OutputFile::ofOwn).findFirst();
    }

    /** A descriptor to read its terminal from; empty if it must copy itself. */
    OptionalInt terminalInput() throws ErrnoException {
        OptionalInt fetched = fetch(IN);
        if (fetched.isEmpty()) {
            return OptionalInt.empty();
        }
        try (OwnedFd fd = OwnedFd.of(fetched.getAsInt())) {
            return open(BytePath.of("/proc/self/fd/" + fd.number()), Fd.O_RDONLY);
        }
    }

    private OptionalInt fetch(int target) throws ErrnoException {
        if (way != OutputWay.FETCH) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(process.get(target));
        } catch (ErrnoException e) {
            if (e.is(Errno.EPERM) || e.is(Errno.ENOSYS)) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /**
     * A pipe or terminal opened again, so that writing need not block: the client's own open file is
     * shared with others, who would not expect it to become non-blocking.
     */
    private static int reopened(int fetched) throws ErrnoException {
        boolean readOnly = (Fd.flags(fetched) & ACCESS_MODE) == Fd.O_RDONLY;
        boolean mayBlock = Stat.of(fetched).isFifo() || TerminalSize.of(fetched).isPresent();
        if (readOnly || !mayBlock) {
            return fetched;
        }
        OptionalInt own = open(BytePath.of("/proc/self/fd/" + fetched), Fd.O_WRONLY);
        if (own.isEmpty()) {
            return fetched;
        }
        Fd.closeQuietly(fetched);
        return own.getAsInt();
    }

    private OptionalInt reopen(int target) throws ErrnoException {
        if (way == OutputWay.COPY) {
            return OptionalInt.empty();
        }
        // A file opened again would have a position of its own, and a socket cannot be.
        Stat stat = opened(target);
        boolean stream = stat.isFifo() || (stat.mode() & S_IFMT) == S_IFCHR;
        return stream ? open(path(target), Fd.O_WRONLY) : OptionalInt.empty();
    }

    private static OptionalInt open(BytePath path, int access) throws ErrnoException {
        try {
            return OptionalInt.of(Fd.open(path, access | Fd.O_NONBLOCK | Fd.O_NOCTTY, 0));
        } catch (ErrnoException e) {
            // Another user's, as after su(1); or a pipe that nobody reads.
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() throws ErrnoException {
        process.close();
    }
}
