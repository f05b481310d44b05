package org.froggr.linux;

import com.sun.jna.Pointer;

/** Sockets, as sys/socket.h of the C library declares them. */
final class LibcSockets {
    static {
        Libc.register(LibcSockets.class);
    }

    private LibcSockets() {}

    static native int socket(int domain, int type, int protocol);

    static native int socketpair(int domain, int type, int protocol, int[] pair);

    static native int bind(int fd, byte[] address, int length);

    static native int listen(int fd, int backlog);

    static native int accept4(int fd, Pointer address, Pointer length, int flags);

    static native int connect(int fd, byte[] address, int length);

    static native int shutdown(int fd, int how);

    static native int getsockopt(int fd, int level, int option, int[] value, int[] length);

    static native long sendmsg(int fd, Pointer message, int flags);

    static native long recvmsg(int fd, Pointer message, int flags);
}
