package org.froggr.linux;

import java.time.Duration;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A process held by a descriptor, pidfd_open(2): it never means another one, whatever becomes of the
 * number. The descriptor is readable ({@link Poll#IN}) once the process has ended.
 */
@ProviderType
public final class PidFd implements AutoCloseable {
    // asm-generic/signal.h
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGKILL = 9;
    public static final int SIGUSR1 = 10;
    public static final int SIGUSR2 = 12;
    public static final int SIGPIPE = 13;
    public static final int SIGALRM = 14;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;
    public static final int SIGWINCH = 28;

    private final OwnedFd fd;

    private PidFd(OwnedFd fd) {
        this.fd = fd;
    }

    /**
     * pidfd_open(2). Who knows the process by number and start time opens first, then compares
     * {@link ProcStat#startTime()}.
     *
     * @throws ErrnoException ESRCH if there is none
     */
    public static PidFd open(long pid) throws ErrnoException {
        long number = LibcProcesses.syscall(LibcProcesses.SYS_PIDFD_OPEN, pid, 0);
        return new PidFd(OwnedFd.of((int) Libc.check(number, "pidfd_open", null)));
    }

    /** The descriptor to wait for, owned by this object. */
    public int fd() {
        return fd.number();
    }

    /**
     * pidfd_getfd(2), Linux 5.6: a descriptor of the same open file as {@code target} is in the process.
     * The caller closes it.
     *
     * @throws ErrnoException EPERM where the process may not be traced (ptrace(2), Yama), EBADF if it has
     *     no such descriptor, ESRCH if it has ended
     */
    public int get(int target) throws ErrnoException {
        long number = LibcProcesses.syscall(LibcProcesses.SYS_PIDFD_GETFD, fd.number(), target, 0);
        return (int) Libc.check(number, "pidfd_getfd", null);
    }

    /**
     * pidfd_send_signal(2); 0 only checks that it could be sent.
     *
     * @throws ErrnoException ESRCH if the process was reaped
     */
    public void signal(int signal) throws ErrnoException {
        long result = LibcProcesses.syscall(LibcProcesses.SYS_PIDFD_SEND_SIGNAL, fd.number(), signal, null, 0);
        Libc.check(result, "pidfd_send_signal", null);
    }

    /** Whether it has ended; so has one that nobody has reaped yet. */
    public boolean exited() throws ErrnoException {
        return awaitExit(Duration.ZERO);
    }

    /** Waits, at most this long, in whole milliseconds; returns whether it has ended. */
    public boolean awaitExit(Duration limit) throws ErrnoException {
        int millis = (int) Math.max(0, Math.min(limit.toMillis(), Integer.MAX_VALUE));
        return Poll.poll(fd.number(), Poll.IN, millis) != 0;
    }

    @Override
    public void close() throws ErrnoException {
        fd.close();
    }
}
