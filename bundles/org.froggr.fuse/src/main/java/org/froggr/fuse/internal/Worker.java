package org.froggr.fuse.internal;

import java.util.concurrent.TimeUnit;
import org.froggr.linux.FuseDevice;

/**
 * One thread that serves all connections: waits until one has a request, performs that and what follows it
 * until nothing follows for a moment, and waits for all again.
 */
final class Worker implements Runnable {
    private static final int IDLE_MILLIS = 5000;

    /** How long one waits for a request of the same connection. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Requests between two looks; with fewer, operations take long. */
    private static final int FEW = 2;

    private final Workers workers;
    private final FuseDevice.Ready.Waiter waiter;
    private final Request request;
    private Reader reader;
    private final Deadline deadline = new Deadline();
    private volatile FuseConnection current;
    private long doneAtLastLook = -1;
    private boolean wasBusy;
    private boolean wasReading;
    private long readingNanos;

    Worker(Workers workers, FuseDevice.Ready.Waiter waiter, Request request) {
        this.workers = workers;
        this.waiter = waiter;
        this.request = request;
    }

    @Override
    public void run() {
        reader = new Reader(request);
        workers.entered(this);
        try {
            while (serve(workers.await(waiter, IDLE_MILLIS))) {
                // Until it is to leave
            }
        } finally {
            workers.left(this, request);
        }
    }

    /** Serves the connection of that key; returns whether to go on. */
    private boolean serve(long key) {
        if (key <= 0 || key == Workers.OVER) {
            request.shrink();
            return !workers.mayLeave(key);
        }
        FuseConnection connection = workers.connection(key);
        if (connection == null) {
            return true;
        }
        connection.came();
        if (!connection.enter()) {
            return true;
        }
        current = connection;
        workers.begun();
        try {
            serve(connection);
        } finally {
            current = null;
            connection.leave();
        }
        return true;
    }

    private void serve(FuseConnection connection) {
        reader.enter();
        connection.crew().add(reader.performing());
        try {
            Reader.Next next = Reader.Next.MORE;
            while (next == Reader.Next.MORE && connection.isServing()) {
                long before = reader.done();
                next = reader.next(connection.channel(), connection.dispatcher(), connection.staffing());
                connection.count(reader.done() - before, next);
                if (reader.performing().hasReturned()) {
                    connection.returned();
                    workers.returned();
                }
            }
        } finally {
            connection.crew().remove(reader.performing());
        }
    }

    /** Which connection it serves now; null if none, or if it was given up. */
    FuseConnection current() {
        return reader.performing().isGivenUp() ? null : current;
    }

    /** Gives up what it performs if that has taken too long; by one thread. */
    void look(long nowNanos) {
        Performing performing = reader.performing();
        long number = performing.number();
        FuseConnection connection = current;
        if (connection == null || !performing.isBusy()) {
            return;
        }
        int error = deadline.look(reader.done(), performing.isInterrupted(), nowNanos, connection.limitNanos());
        // Numbers are those of a connection, and it may serve another one meanwhile
        if (error != Deadline.GO_ON
                && performing.giveUp(number, () -> current == connection && reader.done() == deadline.done())) {
            workers.givenUp();
            connection.giveUp(number, error);
        }
    }

    /** Requests performed so far. */
    long done() {
        return reader.done();
    }

    // At each look, after the one above, in this order; by one thread

    /** Whether it performs the same request as at the last look. */
    boolean isStuck() {
        return reader.done() == doneAtLastLook && reader.performing().isBusy();
    }

    /** Whether what it performs seems to take long. */
    boolean isSlow() {
        boolean isBusy = reader.performing().isBusy();
        boolean isSlow = isBusy && wasBusy && reader.done() - doneAtLastLook <= FEW;
        wasBusy = isBusy;
        return isSlow;
    }

    /**
     * Has it leave its connection if nothing has come for a moment.
     *
     * @param atOnce or if nothing comes now
     */
    void leaveIfIdle(long nowNanos, boolean atOnce) {
        long now = reader.done();
        boolean isReading = reader.performing().isReading();
        if (!isReading || !wasReading || now != doneAtLastLook) {
            readingNanos = nowNanos;
        }
        if (isReading && (atOnce || nowNanos - readingNanos >= LINGER_NANOS)) {
            reader.performing().expel();
        }
        wasReading = isReading;
        doneAtLastLook = now;
    }

    /** Whether it waits for a request of one connection. */
    boolean isReading() {
        return reader.performing().isReading();
    }
}
