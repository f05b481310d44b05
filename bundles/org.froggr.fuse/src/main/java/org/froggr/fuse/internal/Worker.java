package org.froggr.fuse.internal;

import org.froggr.linux.FuseDevice;

/**
 * One thread that serves all connections: waits until one has a request, performs that and what follows it
 * until there is nothing left to read, and waits again.
 */
final class Worker implements Runnable {
    private static final int IDLE_MILLIS = 5000;

    private final Workers workers;
    private final FuseDevice.Ready.Waiter waiter;
    private final Request request;
    private Reader reader;
    private final Deadline deadline = new Deadline();
    private volatile FuseConnection current;
    private long doneAtLastLook = -1;

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
        if (connection == null || !connection.enter()) {
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
        connection.interrupts().add(reader.performing());
        try {
            Reader.Next next = Reader.Next.MORE;
            while (next == Reader.Next.MORE && connection.isServing()) {
                next = reader.next(connection.channel(), connection.dispatcher());
                connection.count(next);
                if (reader.performing().hasReturned()) {
                    connection.returned();
                    workers.returned();
                }
            }
        } finally {
            connection.interrupts().remove(reader.performing());
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

    /** Whether it performs the same request as at the last look; by one thread. */
    boolean isStuck() {
        long now = reader.done();
        boolean same = now == doneAtLastLook && reader.performing().isBusy();
        doneAtLastLook = now;
        return same;
    }
}
