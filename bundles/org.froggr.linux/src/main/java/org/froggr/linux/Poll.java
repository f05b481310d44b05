package org.froggr.linux;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** poll(2): waits for a few descriptors. For many of them there is {@link Epoll}. */
@ProviderType
public final class Poll {
    // asm-generic/poll.h
    public static final int IN = 0x1;
    public static final int PRI = 0x2;
    public static final int OUT = 0x4;
    public static final int ERR = 0x8;
    public static final int HUP = 0x10;
    public static final int NVAL = 0x20;
    public static final int RDHUP = 0x2000;

    // struct pollfd
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private Poll() {}

    /**
     * Waits until something is so of one of the descriptors, or the time is over. An interrupted call
     * goes on with the time that is left.
     *
     * @param fds negative ones are passed over
     * @param events what to wait for, one mask a descriptor; ERR, HUP and NVAL always count
     * @param timeoutMillis 0 does not wait, -1 waits for ever
     * @return what is so, one mask a descriptor; all 0 if the time is over
     */
    public static int[] poll(int[] fds, int[] events, int timeoutMillis) throws ErrnoException {
        byte[] bytes = new byte[fds.length * ENTRY_BYTES];
        ByteBuffer set = Libc.struct(bytes);
        for (int i = 0; i < fds.length; i++) {
            set.putInt(i * ENTRY_BYTES, fds[i]);
            set.putShort(i * ENTRY_BYTES + EVENTS, (short) events[i]);
        }
        retry(remaining -> LibcEvents.poll(bytes, fds.length, remaining), timeoutMillis, "poll");
        int[] result = new int[fds.length];
        for (int i = 0; i < fds.length; i++) {
            result[i] = set.getShort(i * ENTRY_BYTES + REVENTS) & 0xffff;
        }
        return result;
    }

    /** {@link #poll} of one descriptor. */
    public static int poll(int fd, int events, int timeoutMillis) throws ErrnoException {
        return poll(new int[] {fd}, new int[] {events}, timeoutMillis)[0];
    }

    /** A call that waits; see {@link #retry}. */
    interface Wait {
        int run(int timeoutMillis);
    }

    /** Makes a waiting call again after EINTR, with what is left of its time. */
    static int retry(Wait call, int timeoutMillis, String name) throws ErrnoException {
        long start = System.nanoTime();
        int remaining = timeoutMillis;
        int result;
        while ((result = call.run(remaining)) < 0 && Libc.failedWith(Errno.EINTR)) {
            if (timeoutMillis > 0) {
                long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                remaining = (int) Math.max(0, timeoutMillis - passed);
            }
        }
        return Libc.check(result, name, null);
    }
}
