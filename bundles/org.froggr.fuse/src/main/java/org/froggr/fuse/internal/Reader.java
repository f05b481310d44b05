package org.froggr.fuse.internal;

import org.froggr.api.Errno;

/** What one thread does with a connection: reads a request and has it performed. */
final class Reader {
    /** What may come next. */
    enum Next {
        /** Perhaps a further request. */
        MORE,
        /** Nothing until the device is ready again. */
        NOTHING,
        /** Nothing for ever. */
        END
    }

    private final Request request;
    private final Performing performing;
    private volatile long done;

    /** Of the calling thread. */
    Reader(Request request) {
        this.request = request;
        this.performing = new Performing(Thread.currentThread(), request);
        request.performer(Performer.current());
    }

    /** Whom to interrupt. */
    Performing performing() {
        return performing;
    }

    /** Requests performed so far. */
    long done() {
        return done;
    }

    Next next(KernelChannel channel, Dispatcher dispatcher) {
        request.resends(dispatcher.resends());
        int length = channel.read(request.address(), Request.MAX_REQUEST);
        if (length < 0) {
            return after(-length);
        }
        if (!request.parse(length)) {
            dispatcher.refuse(request);
            return Next.MORE;
        }
        long unique = request.unique();
        performing.begin(unique);
        try {
            dispatcher.handle(request);
        } finally {
            performing.end(unique);
            done++;
        }
        return Next.MORE;
    }

    private static Next after(int errno) {
        if (errno == Errno.EAGAIN.number()) {
            return Next.NOTHING;
        }
        // EINTR: a signal; ENOENT: the request was aborted while it was read
        return errno == Errno.EINTR.number() || errno == Errno.ENOENT.number() ? Next.MORE : Next.END;
    }
}
