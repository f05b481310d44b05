package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.Errno;
import org.froggr.linux.Fd;
import org.froggr.linux.FuseDevice;

/** The kernel itself, through a descriptor of {@code /dev/fuse} that this owns. */
final class DeviceChannel implements KernelChannel {
    private final int device;

    /** One for being open, and one for each that sends: the last one closes the descriptor. */
    private final AtomicInteger users = new AtomicInteger(1);

    DeviceChannel(int device) {
        this.device = device;
    }

    int device() {
        return device;
    }

    @Override
    public int read(long address, int length) {
        return FuseDevice.read(device, address, length);
    }

    @Override
    public boolean hasMore(Request request) {
        return FuseDevice.isReadable(device, request.memory(), 0);
    }

    @Override
    public int write(long address, int length) {
        return FuseDevice.write(device, address, length);
    }

    @Override
    public int send(long address, int length) {
        if (users.updateAndGet(count -> count == 0 ? 0 : count + 1) == 0) {
            return -Errno.ENODEV.number();
        }
        try {
            return FuseDevice.write(device, address, length);
        } finally {
            leave();
        }
    }

    @Override
    public int openBacking(int fd) {
        return FuseDevice.openBacking(device, fd);
    }

    @Override
    public int closeBacking(int id) {
        return FuseDevice.closeBacking(device, id);
    }

    @Override
    public void close() {
        leave();
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            Fd.closeQuietly(device);
        }
    }
}
