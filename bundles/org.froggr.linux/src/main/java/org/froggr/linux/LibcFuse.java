package org.froggr.linux;

/**
 * What serving /dev/fuse takes, of unistd.h, sys/ioctl.h, sys/epoll.h, poll.h, signal.h and sys/mman.h: primitives
 * only.
 */
final class LibcFuse {
    static {
        Libc.register(LibcFuse.class);
    }

    private LibcFuse() {}

    static native long read(int fd, long buffer, long length);

    static native long write(int fd, long buffer, long length);

    static native int ioctl(int fd, long request, int[] argument);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, long event);

    static native int epoll_wait(int epoll, long events, int maximum, int timeoutMillis);

    static native int poll(long fds, long count, int timeoutMillis);

    static native int sigaction(int signal, long action, long oldAction);

    static native int pthread_sigmask(int how, long set, long oldSet);

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native int madvise(long address, long length, int advice);
}
