package org.froggr.linux;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** eventfd(2): a descriptor that becomes readable when somebody signals. Safe from any thread. */
@ProviderType
public final class EventFd implements AutoCloseable {
    private static final int COUNTER_BYTES = 8;

    private final OwnedFd fd;

    private EventFd(OwnedFd fd) {
        this.fd = fd;
    }

    /** A new one, not signalled. */
    public static EventFd open() throws ErrnoException {
        int number = LibcEvents.eventfd(0, Fd.O_CLOEXEC | Fd.O_NONBLOCK);
        return new EventFd(OwnedFd.of(Libc.check(number, "eventfd", null)));
    }

    /** The descriptor to wait for. */
    public int fd() {
        return fd.number();
    }

    /** Makes it readable; never blocks. */
    public void signal() throws ErrnoException {
        byte[] one = new byte[COUNTER_BYTES];
        Libc.struct(one).putLong(0, 1);
        try {
            Fd.write(fd.number(), one, 0, one.length);
        } catch (ErrnoException e) {
            // EAGAIN: signalled 2^64 - 2 times and not drained, so it is readable already.
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    /** Makes it unreadable; returns whether it was signalled. */
    public boolean drain() throws ErrnoException {
        try {
            return Fd.read(fd.number(), new byte[COUNTER_BYTES], 0, COUNTER_BYTES) > 0;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() throws ErrnoException {
        fd.close();
    }
}
