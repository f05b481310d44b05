package org.froggr.fuse.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.ErrnoException;
import org.froggr.linux.EventFd;
import org.froggr.linux.FuseDevice;

/**
 * The threads that serve all connections. They wait for all of them at once, so an idle connection has none,
 * and a busy one as many as have something to do ({@link Staffing}). A few are kept; more are made at once when all
 * are busy or wait for one connection, and beyond that when some are stuck, see {@link Lookout}, so that an operation
 * that hangs holds up no other.
 */
final class Workers implements AutoCloseable {
    /** As many as processors, and one that takes what comes meanwhile. */
    private static final int USUAL = Math.max(2, Runtime.getRuntime().availableProcessors()) + 1;

    private static final int MOST = 256;

    /** What all threads are told when it is over. */
    static final long OVER = Long.MAX_VALUE;

    private final RequestPool requests = new RequestPool();
    private final Complaints complaints;
    private final FuseDevice.Ready ready;
    private final EventFd bell;
    private final Lookout lookout;
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();

    /** By key less one. */
    private volatile FuseConnection[] connections = new FuseConnection[0];

    private volatile boolean closed;
    private boolean emptied;

    Workers(Complaints complaints) throws ErrnoException {
        this.complaints = complaints;
        this.ready = FuseDevice.Ready.open();
        this.bell = EventFd.open();
        ready.addForAll(bell.fd(), OVER);
        this.lookout = new Lookout(this, complaints);
    }

    RequestPool requests() {
        return requests;
    }

    // Connections

    /** Serves a connection from now on; returns its key. */
    synchronized long add(FuseConnection connection) throws ErrnoException {
        int place = 0;
        while (place < connections.length && connections[place] != null) {
            place++;
        }
        FuseConnection[] more = Arrays.copyOf(connections, Math.max(connections.length, place + 1));
        more[place] = connection;
        connections = more;
        if (size.get() == 0) {
            start();
        }
        try {
            ready.add(connection.channel().device(), place + 1);
        } catch (ErrnoException e) {
            more[place] = null;
            throw e;
        }
        return place + 1;
    }

    /** Serves it no more. */
    synchronized void remove(long key) {
        FuseConnection[] rest = connections.clone();
        FuseConnection connection = rest[(int) key - 1];
        rest[(int) key - 1] = null;
        connections = rest;
        try {
            ready.remove(connection.channel().device());
        } catch (ErrnoException e) {
            complaints.say("A connection could not be taken out of the waiting", e);
        }
    }

    /** The connection of a key; null if it is no more. */
    FuseConnection connection(long key) {
        FuseConnection[] all = connections;
        return key > all.length ? null : all[(int) key - 1];
    }

    FuseConnection[] connections() {
        return connections;
    }

    /** Has a free thread come once more when there is something to read. */
    void again(FuseConnection connection) {
        try {
            ready.again(connection.channel().device(), connection.key());
        } catch (ErrnoException e) {
            // It has ended meanwhile
        }
    }

    // Threads

    long await(FuseDevice.Ready.Waiter waiter, int millis) {
        waiting.incrementAndGet();
        long key = waiter.await(millis);
        boolean isLast = waiting.decrementAndGet() == 0;
        if (key > 0 && isLast && size.get() - reading() < USUAL) {
            start();
        }
        return key;
    }

    /** Threads that wait for one connection. */
    private int reading() {
        int count = 0;
        for (Worker worker : workers) {
            count += worker.isReading() ? 1 : 0;
        }
        return count;
    }

    /** Whether there is no thread for a connection that has a request, nor can be one. */
    boolean areAllTaken() {
        return waiting.get() == 0 && size.get() - overdue.get() >= MOST;
    }

    /** A thread has begun to serve a connection. */
    void begun() {
        lookout.wake();
    }

    /** Whether a thread that got this in place of a key may go. */
    boolean mayLeave(long result) {
        if (closed) {
            return true;
        }
        if (result < 0) {
            complaints.say("Waiting for requests failed: error " + -result, null);
            return true;
        }
        return waiting.get() > 0 && size.get() > 1;
    }

    void entered(Worker worker) {
        workers.add(worker);
    }

    void left(Worker worker, Request request) {
        requests.give(request);
        size.decrementAndGet();
        workers.remove(worker);
        if (closed) {
            closeIfEmpty();
        } else if (waiting.get() == 0) {
            // Both of the last two may have thought that the other one stays
            start();
        }
    }

    Set<Worker> all() {
        return workers;
    }

    /** Threads that nobody keeps busy. */
    int waiting() {
        return waiting.get();
    }

    int size() {
        return size.get();
    }

    /** What a thread performs was given up: it does not count until it comes back. */
    void givenUp() {
        overdue.incrementAndGet();
    }

    /** It has come back. */
    void returned() {
        overdue.decrementAndGet();
    }

    /** Makes one more thread, unless there are too many. */
    void start() {
        if (closed || size.incrementAndGet() - overdue.get() > MOST) {
            size.decrementAndGet();
            return;
        }
        Request request = null;
        try {
            request = requests.take();
            String name = "froggr-fuse-" + number.incrementAndGet();
            Thread thread = new Thread(new Worker(this, ready.waiter(), request), name);
            thread.setDaemon(true);
            thread.start();
        } catch (ErrnoException | OutOfMemoryError e) {
            size.decrementAndGet();
            if (request != null) {
                requests.give(request);
            }
            complaints.say("No further thread can be had", e);
        }
    }

    /** Ends all threads that do nothing; those that are stuck end when they can. */
    @Override
    public void close() throws ErrnoException {
        synchronized (this) {
            closed = true;
            // The last thread may leave by itself and close it
            bell.signal();
        }
        lookout.close();
        lookout.awaitNobody(workers);
        requests.close();
        closeIfEmpty();
    }

    private synchronized void closeIfEmpty() {
        if (size.get() == 0 && !emptied) {
            emptied = true;
            try {
                ready.close();
                bell.close();
            } catch (ErrnoException e) {
                complaints.say("What threads waited with could not be closed", e);
            }
        }
    }
}
