package org.froggr.linux;

import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * epoll(7): waits for many descriptors. Each is registered with a number that comes back with its events.
 * One thread waits; any thread may register.
 */
@ProviderType
public final class Epoll implements AutoCloseable {
    // sys/epoll.h
    public static final int IN = 0x1;
    public static final int PRI = 0x2;
    public static final int OUT = 0x4;
    public static final int ERR = 0x8;
    public static final int HUP = 0x10;
    public static final int RDHUP = 0x2000;
    public static final int ONESHOT = 1 << 30;
    public static final int ET = 1 << 31;

    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;

    // struct epoll_event is packed on x86-64 only (sys/epoll.h, __EPOLL_PACKED)
    private static final int DATA = Platform.isIntel() ? 4 : 8;
    private static final int EVENT_BYTES = DATA + 8;

    private final OwnedFd fd;

    private Epoll(OwnedFd fd) {
        this.fd = fd;
    }

    /** epoll_create1(2). */
    public static Epoll open() throws ErrnoException {
        return new Epoll(OwnedFd.of(Libc.check(LibcEvents.epoll_create1(Fd.O_CLOEXEC), "epoll_create1", null)));
    }

    /** Where {@link Epoll#await} puts what happened; made once and used again and again by one thread. */
    @ProviderType
    public static final class Events {
        private final byte[] bytes;
        private final ByteBuffer view;

        /** Room for this many events of one call; more wait for the next. */
        public Events(int capacity) {
            bytes = new byte[capacity * EVENT_BYTES];
            view = Libc.struct(bytes);
        }

        /** What is so, bits such as {@link Epoll#IN}. */
        public int events(int index) {
            return view.getInt(index * EVENT_BYTES);
        }

        /** The number that the descriptor was registered with. */
        public long data(int index) {
            return view.getLong(index * EVENT_BYTES + DATA);
        }
    }

    /** Registers a descriptor; ERR and HUP always count. */
    public void add(int target, int events, long data) throws ErrnoException {
        control(CTL_ADD, target, events, data);
    }

    /** Changes what a descriptor is registered for; arms it again after ONESHOT. */
    public void modify(int target, int events, long data) throws ErrnoException {
        control(CTL_MOD, target, events, data);
    }

    /**
     * Forgets a descriptor. To be called before it is closed: the registration belongs to the open file,
     * which others may still hold.
     */
    public void remove(int target) throws ErrnoException {
        control(CTL_DEL, target, 0, 0);
    }

    private void control(int operation, int target, int events, long data) throws ErrnoException {
        byte[] event = new byte[EVENT_BYTES];
        Libc.struct(event).putInt(0, events).putLong(DATA, data);
        Libc.check(LibcEvents.epoll_ctl(fd.number(), operation, target, event), "epoll_ctl", null);
    }

    /**
     * Waits for events; an interrupted call goes on with the time that is left.
     *
     * @param timeoutMillis 0 does not wait, -1 waits for ever
     * @return how many events are in the buffer; 0 when the time is over
     */
    public int await(Events buffer, int timeoutMillis) throws ErrnoException {
        int epoll = fd.number();
        int capacity = buffer.bytes.length / EVENT_BYTES;
        return Poll.retry(
                remaining -> LibcEvents.epoll_wait(epoll, buffer.bytes, capacity, remaining),
                timeoutMillis,
                "epoll_wait");
    }

    /** Closes it; must not happen while a thread waits in {@link #await}: wake it first, see {@link EventFd}. */
    @Override
    public void close() throws ErrnoException {
        fd.close();
    }
}
