package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Poll;

/** Waits for the kernel to begin, and negotiates. */
final class Handshake {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int STEP_MILLIS = 100;

    private Handshake() {}

    /**
     * Reads INIT and answers it.
     *
     * @throws ErrnoException EPROTO, ETIMEDOUT, ENOTCONN, see FileServer
     */
    static Protocol perform(DeviceChannel channel, Request request, boolean passthrough)
            throws ErrnoException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            awaitReadable(channel.device(), deadline);
            int length = channel.read(request.address(), Request.MAX_REQUEST);
            if (length < 0) {
                check(-length);
            } else if (request.parse(length)) {
                Protocol agreed = InitNegotiation.answer(request, passthrough);
                reply(channel, request);
                if (agreed != null) {
                    return agreed;
                }
            }
        }
    }

    private static void reply(KernelChannel channel, Request request) throws ErrnoException {
        int length = request.finish(FuseWire.INIT_OUT);
        int written = channel.write(request.replyAddress(), length);
        if (written < 0) {
            throw new ErrnoException(Errno.ENOTCONN.number(), "FUSE_INIT (" + Errno.describe(-written) + ")", null);
        }
    }

    private static void check(int errno) throws ErrnoException {
        if (errno != Errno.EINTR.number() && errno != Errno.EAGAIN.number() && errno != Errno.ENOENT.number()) {
            throw new ErrnoException(Errno.ENOTCONN.number(), "FUSE_INIT (" + Errno.describe(errno) + ")", null);
        }
    }

    private static void awaitReadable(int device, long deadline) throws ErrnoException, InterruptedException {
        while (Poll.poll(device, Poll.IN, STEP_MILLIS) == 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ErrnoException(Errno.ETIMEDOUT, "FUSE_INIT");
            }
        }
    }
}
