package org.froggr.fuse.internal;

import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.Errno;

/** What one thread does with a connection: reads a request and has it performed. */
final class Reader {
    /** What may come next. */
    enum Next {
        /** Perhaps a further request. */
        MORE,
        /** Nothing for this thread: until it is called again, it can do something else. */
        NOTHING,
        /** Nothing for ever. */
        END
    }

    private final Request request;
    private final Performing performing;
    private final Staffing.Looks looks = new Staffing.Looks();
    private final AtomicLong done = new AtomicLong();

    /** Of the calling thread. */
    Reader(Request request) {
        this.request = request;
        this.performing = new Performing(request);
        request.performer(Performer.current());
    }

    /** Whom to interrupt. */
    Performing performing() {
        return performing;
    }

    /** Requests performed so far. */
    long done() {
        return done.get();
    }

    /** It begins with a connection. */
    void enter() {
        performing.enter();
        looks.clear();
    }

    /** Waits for one request and has it performed. */
    Next next(KernelChannel channel, Dispatcher dispatcher, Staffing staffing) {
        request.beforeRead(dispatcher.resends());
        int length = performing.read() ? channel.read(request.address(), Request.MAX_REQUEST) : -Errno.EINTR.number();
        if (length < 0) {
            performing.readNothing();
            return after(-length);
        }
        request.afterRead();
        if (!request.parse(length)) {
            performing.readNothing();
            dispatcher.refuse(request);
            return Next.MORE;
        }
        long unique = request.unique();
        performing.begin(unique);
        boolean isNeeded = staffing.before(request, performing, looks);
        try {
            dispatcher.handle(request);
        } finally {
            performing.end(unique);
            // By this thread only
            done.lazySet(done.get() + 1);
        }
        return isNeeded ? Next.MORE : Next.NOTHING;
    }

    private Next after(int errno) {
        if (errno == Errno.EAGAIN.number()) {
            return Next.NOTHING;
        }
        if (errno == Errno.EINTR.number()) {
            return performing.isExpelled() ? Next.NOTHING : Next.MORE;
        }
        // ENOENT: the request was aborted while it was read
        return errno == Errno.ENOENT.number() ? Next.MORE : Next.END;
    }
}
