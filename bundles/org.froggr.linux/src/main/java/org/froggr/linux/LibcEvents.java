package org.froggr.linux;

/** Waiting for descriptors: poll.h, sys/epoll.h and sys/eventfd.h of the C library. */
final class LibcEvents {
    static {
        Libc.register(LibcEvents.class);
    }

    private LibcEvents() {}

    static native int poll(byte[] fds, long count, int timeoutMillis);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    static native int epoll_wait(int epoll, byte[] events, int maximum, int timeoutMillis);

    static native int eventfd(int initial, int flags);
}
