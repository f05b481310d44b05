package org.froggr.transport.unix.internal;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.linux.Epoll;
import org.froggr.linux.Fd;
import org.froggr.linux.UnixSocket;
import org.froggr.spi.transport.MalformedRequestException;

/** Every connection, from its acceptance to its end. A peer costs a thread only once its request is whole. */
final class Clients {
    private final Reception reception;
    private final Limits limits;
    private final Complaints complaints;
    private final Set<Client> all = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(Clients::worker);
    private EventLoop loop;
    private int listener = -1;
    private long listenerId;
    private boolean paused;

    Clients(Reception reception, Limits limits, Complaints complaints) {
        this.reception = reception;
        this.limits = limits;
        this.complaints = complaints;
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "froggr-unix-client");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts the loop; called once, before anything else. */
    void start() throws ErrnoException {
        loop = EventLoop.start(this::tick, complaints);
    }

    /** Takes connections from this socket, which it closes some time, and no more from the last one. */
    void listenOn(int next) throws ErrnoException {
        loop.execute(() -> change(next));
    }

    /**
     * Whoever has reached the last socket is let in before it is closed. With -1 for no next one nobody is:
     * a client whose request was not taken tries again.
     */
    private void change(int next) {
        try {
            if (listener >= 0 && next >= 0) {
                accept();
            }
            if (listener >= 0) {
                loop.forget(listenerId);
                Fd.close(listener);
            }
            listener = next;
            if (next >= 0) {
                listenerId = loop.add(next, Epoll.IN, events -> accept());
            }
        } catch (ErrnoException e) {
            complaints.error("the Unix socket cannot be listened on", e);
        }
    }

    private void accept() throws ErrnoException {
        try {
            OptionalInt fd;
            while ((fd = UnixSocket.tryAccept(listener)).isPresent()) {
                admit(fd.getAsInt());
            }
        } catch (ErrnoException e) {
            // EMFILE for one: the listener stays ready, and asking at once again would only burn time.
            complaints.warn("no client can be let in for a moment", e);
            loop.modify(listener, 0, listenerId);
            paused = true;
        }
    }

    private void admit(int fd) throws ErrnoException {
        Client client = new Client(fd);
        all.add(client);
        try {
            client.begin();
        } catch (ErrnoException e) {
            client.connection.drop();
            throw e;
        }
    }

    /** Returns whether somebody must be looked after by the clock. */
    private boolean tick() throws ErrnoException {
        if (paused && listener >= 0) {
            loop.modify(listener, Epoll.IN, listenerId);
        }
        paused = false;
        long now = System.nanoTime();
        boolean reading = false;
        for (Client client : all) {
            reading |= client.isStillReading(now);
        }
        return reading;
    }

    /**
     * Lets nobody in any more, waits this long for requests in flight, then hangs up on the rest and
     * waits as long for their handlers to notice.
     */
    void close(Duration patience) throws ErrnoException, InterruptedException {
        loop.execute(() -> change(-1));
        loop.execute(() -> all.forEach(Client::endIfReading));
        if (!awaitNone(patience)) {
            all.forEach(Client::hangUp);
            awaitNone(patience);
        }
        loop.stop();
        workers.shutdown();
    }

    private synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left;
        while (!all.isEmpty() && (left = deadline - System.nanoTime()) > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return all.isEmpty();
    }

    private synchronized void remove(Client client) {
        all.remove(client);
        notifyAll();
    }

    /** One peer. Its methods run on the loop's thread unless they say otherwise. */
    private final class Client {
        private final Connection connection;
        private final Hangup hangup = new Hangup();
        private long id;
        private boolean reading = true;

        Client(int fd) {
            long deadline = System.nanoTime() + limits.request().toNanos();
            connection = new Connection(fd, deadline, this::closed);
        }

        void begin() throws ErrnoException {
            Fd.setNonBlocking(connection.fd(), true);
            reception.objection(connection.peer()).ifPresentOrElse(connection::refuse, this::checkLimit);
            if (all.contains(this)) {
                id = loop.add(connection.fd(), Epoll.IN | Epoll.RDHUP, this::ready);
            }
        }

        private void checkLimit() {
            if (all.size() > limits.clients()) {
                String message = all.size() - 1 + " clients of the Unix socket at once, the limit";
                connection.refuse(new Refusal(Fault.LIMIT, message, "again when some have ended"));
            }
        }

        private void ready(int events) throws ErrnoException {
            if (reading) {
                read();
            } else {
                hangUp();
            }
        }

        private void read() throws ErrnoException {
            try {
                switch (connection.read()) {
                    case WHOLE -> serve();
                    case CLOSED -> lost();
                    default -> reading = true;
                }
            } catch (MalformedRequestException e) {
                complaints.warn("a client sent {}", e.getMessage());
                connection.refuse(Refusal.of(e));
            } catch (ErrnoException e) {
                connection.drop();
                throw e;
            }
        }

        private void serve() throws ErrnoException {
            reading = false;
            loop.modify(connection.fd(), Epoll.RDHUP | Epoll.ONESHOT, id);
            workers.execute(() -> reception.serve(connection, hangup));
        }

        private void lost() {
            if (!connection.isSilent()) {
                complaints.warn("a client went away in the middle of its request");
            }
            connection.drop();
        }

        /** From any thread. */
        void hangUp() {
            try {
                connection.hangUp();
            } catch (ErrnoException e) {
                complaints.error("a client's socket could not be shut down", e);
            }
            workers.execute(hangup::happen);
        }

        boolean isStillReading(long now) {
            if (reading && connection.isLate(now)) {
                complaints.warn("a client sent no whole request within {} ms", limits.request().toMillis());
                connection.refuse(Refusal.of(new MalformedRequestException("no whole request in time")));
                reading = false;
            }
            return reading;
        }

        void endIfReading() {
            if (reading) {
                connection.drop();
            }
        }

        /** From any thread. */
        private void closed() {
            loop.forget(id);
            remove(this);
        }
    }
}
