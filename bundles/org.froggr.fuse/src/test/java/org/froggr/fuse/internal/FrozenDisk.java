package org.froggr.fuse.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.Errno;
import org.froggr.spi.tree.Requester;

/**
 * A disk that does not answer for a while: what is about something whose text begins with {@code slow} waits, and as
 * with a disk, not even SIGKILL ends that.
 */
final class FrozenDisk {
    /** FUSE_INT_REQ_BIT of linux/fs/fuse/dev.c: the reply is to the interrupt of that request. */
    private static final long OF_INTERRUPT = 1;

    final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch thawed = new CountDownLatch(0);
    private SideChannel side;

    /**
     * From the next request on, nobody is interrupted who waits for one: the kernel is told that there is no such
     * thing (fuse_dev_do_write).
     *
     * @param device of the connection through which it is used
     */
    void refuseInterrupts(int device) {
        side = new SideChannel(new DeviceChannel(device));
    }

    void freeze() {
        thawed = new CountDownLatch(1);
    }

    void thaw() {
        thawed.countDown();
    }

    void pass(String what, Requester by) {
        if (side != null) {
            side.reply(((Request) by).unique() | OF_INTERRUPT, -Errno.ENOSYS.number());
        }
        CountDownLatch latch = thawed;
        if (!what.startsWith("slow") || latch.getCount() == 0) {
            return;
        }
        waiting.incrementAndGet();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
