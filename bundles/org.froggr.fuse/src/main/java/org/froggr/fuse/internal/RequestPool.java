package org.froggr.fuse.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.froggr.api.ErrnoException;

/**
 * Memory for requests, shared by all connections: those that are idle have none. A few are kept, shrunk; the
 * rest is given back to the system. Any thread.
 */
final class RequestPool {
    private static final int KEPT = 4;

    private final Deque<Request> free = new ArrayDeque<>();
    private boolean closed;

    /** One that nobody else uses; to be {@linkplain #give given} back. */
    Request take() throws ErrnoException {
        synchronized (this) {
            Request request = free.pollFirst();
            if (request != null) {
                return request;
            }
        }
        return new Request();
    }

    void give(Request request) {
        request.shrink();
        synchronized (this) {
            if (!closed && free.size() < KEPT) {
                free.addFirst(request);
                return;
            }
        }
        request.release();
    }

    synchronized void close() {
        closed = true;
        free.forEach(Request::release);
        free.clear();
    }
}
