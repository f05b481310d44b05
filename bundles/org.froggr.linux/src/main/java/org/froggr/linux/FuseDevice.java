package org.froggr.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * {@code /dev/fuse}, fuse(4), for those who speak its protocol: reads and writes of whole messages, and the
 * memory for them. The calls are made for every request of every program, so they throw nothing and
 * allocate nothing: they return what the system call did, or its error number, negative. Any thread may
 * make them.
 */
@ProviderType
public final class FuseDevice {
    // _IOW(229, 1, struct fuse_backing_map) and _IOW(229, 2, uint32_t) of linux/fuse.h
    private static final long BACKING_OPEN = 0x4010e501L;
    private static final long BACKING_CLOSE = 0x4004e502L;

    // sys/mman.h
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_DONTNEED = 4;
    private static final long MAP_FAILED = -1;

    // struct pollfd of poll.h
    private static final int POLL_EVENTS = 4;
    private static final int POLL_REVENTS = 6;

    private FuseDevice() {}

    /**
     * read(2) of one request; waits for one unless the descriptor is O_NONBLOCK. Not made again after a signal, which
     * is EINTR.
     *
     * @param length at least the largest request, or the kernel says EINVAL
     * @return its length in bytes, or an error number, negative; ENODEV after the connection has ended
     */
    public static int read(int fd, long address, int length) {
        return result(LibcFuse.read(fd, address, length));
    }

    /**
     * write(2) of one reply or notification.
     *
     * @return its length in bytes, or an error number, negative; ENOENT if nobody waits for the reply
     */
    public static int write(int fd, long address, int length) {
        return result(LibcFuse.write(fd, address, length));
    }

    /**
     * Whether {@link #read} would not have to wait, poll(2).
     *
     * @param memory direct, of which eight bytes from {@code at} on are overwritten
     */
    public static boolean isReadable(int fd, ByteBuffer memory, int at) {
        memory.putInt(at, fd).putShort(at + POLL_EVENTS, (short) Poll.IN).putShort(at + POLL_REVENTS, (short) 0);
        return LibcFuse.poll(address(memory) + at, 1, 0) > 0;
    }

    /**
     * FUSE_DEV_IOC_BACKING_OPEN: registers an open file that the kernel may read and write in our place.
     *
     * @return the backing id, more than 0, or an error number, negative; EPERM without CAP_SYS_ADMIN in the
     *     first user namespace
     */
    public static int openBacking(int device, int fd) {
        return result(LibcFuse.ioctl(device, BACKING_OPEN, new int[] {fd, 0, 0, 0}));
    }

    /** FUSE_DEV_IOC_BACKING_CLOSE; files that are open through it stay so. */
    public static int closeBacking(int device, int id) {
        return result(LibcFuse.ioctl(device, BACKING_CLOSE, new int[] {id}));
    }

    private static int result(long returned) {
        return returned < 0 ? -Native.getLastError() : (int) returned;
    }

    /**
     * Memory that starts at a page and costs nothing until it is touched, in native byte order.
     *
     * @param length bytes
     */
    public static ByteBuffer map(int length) throws ErrnoException {
        long address = LibcFuse.mmap(0, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (address == MAP_FAILED) {
            throw new ErrnoException(Native.getLastError(), "mmap", null);
        }
        return new Pointer(address).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    /** Address of the first byte of a direct buffer. */
    public static long address(ByteBuffer memory) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    }

    /** Gives the pages of mapped memory back; what they held is zero then. {@code address} is of a page. */
    public static void discard(long address, int length) {
        LibcFuse.madvise(address, length, MADV_DONTNEED);
    }

    /** Ends {@link #map}: nobody may use the buffer any more, or any view of it. */
    public static void unmap(ByteBuffer memory) {
        LibcFuse.munmap(address(memory), memory.capacity());
    }

    /**
     * Waits for many devices with many threads: one thread is woken for a request that arrives, the one that
     * began to wait last, whose caches are warm. No other is woken for the same device until somebody asks for that
     * {@link #again} (EPOLLONESHOT of epoll(7)).
     */
    @ProviderType
    public static final class Ready implements AutoCloseable {
        private static final int CTL_ADD = 1;
        private static final int CTL_DEL = 2;
        private static final int CTL_MOD = 3;
        private static final int ONE_SHOT = 1 << 30;

        // struct epoll_event is packed on x86-64 only (sys/epoll.h, __EPOLL_PACKED)
        private static final int DATA = Platform.isIntel() ? 4 : 8;
        private static final int EVENT_BYTES = DATA + 8;

        private final OwnedFd epoll;
        private final ByteBuffer event = ByteBuffer.allocateDirect(EVENT_BYTES).order(ByteOrder.nativeOrder());
        private final long eventAddress = address(event);

        private Ready(OwnedFd epoll) {
            this.epoll = epoll;
        }

        public static Ready open() throws ErrnoException {
            return new Ready(OwnedFd.of(Libc.check(LibcFuse.epoll_create1(Fd.O_CLOEXEC), "epoll_create1", null)));
        }

        /**
         * Waits for a device from now on, for one request.
         *
         * @param key what {@link Waiter#await} says then, more than 0
         */
        public void add(int device, long key) throws ErrnoException {
            control(CTL_ADD, device, Epoll.IN | ONE_SHOT, key);
        }

        /** Waits for a descriptor that wakes all threads as long as it is readable. */
        public void addForAll(int fd, long key) throws ErrnoException {
            control(CTL_ADD, fd, Epoll.IN, key);
        }

        /** Wakes one thread once more, as soon as there is something to read. */
        public void again(int device, long key) throws ErrnoException {
            control(CTL_MOD, device, Epoll.IN | ONE_SHOT, key);
        }

        /** Forgets a device, before it is closed: others may still hold it open. */
        public void remove(int device) throws ErrnoException {
            control(CTL_DEL, device, 0, 0);
        }

        private synchronized void control(int operation, int fd, int events, long key) throws ErrnoException {
            event.putInt(0, events).putLong(DATA, key);
            Libc.check(LibcFuse.epoll_ctl(epoll.number(), operation, fd, eventAddress), "epoll_ctl", null);
        }

        /** One thread that waits. */
        public Waiter waiter() {
            return new Waiter(epoll.number());
        }

        /** No thread waits any more. */
        @Override
        public void close() throws ErrnoException {
            epoll.close();
        }

        /** What one thread waits with; allocates nothing. */
        @ProviderType
        public static final class Waiter {
            private final int epoll;
            private final ByteBuffer event =
                    ByteBuffer.allocateDirect(EVENT_BYTES).order(ByteOrder.nativeOrder());
            private final long address = address(event);

            private Waiter(int epoll) {
                this.epoll = epoll;
            }

            /**
             * Waits for one device.
             *
             * @return its key, 0 if the time is over or a signal came, or an error number, negative
             */
            public long await(int timeoutMillis) {
                int count = LibcFuse.epoll_wait(epoll, address, 1, timeoutMillis);
                if (count > 0) {
                    return event.getLong(DATA);
                }
                int error = count == 0 ? 0 : Native.getLastError();
                return error == Errno.EINTR.number() ? 0 : -error;
            }
        }
    }
}
