package org.froggr.transport.pipe.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.Epoll;
import org.froggr.linux.EventFd;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.Listener;
import org.osgi.service.log.Logger;

/**
 * The transport at work: one thread waits for the bell and for clients that end, workers carry out
 * exchanges. There are never more workers than slots.
 */
final class PipeListener implements Listener, Reception {
    private static final long BELL = -1;
    private static final long WAKE = -2;
    private static final int EVENTS = 64;
    private static final int IDLE_SECONDS = 30;
    private static final long FAREWELL_MILLIS = 2000;
    private static final long READING_MILLIS = 500;
    private static final long PAUSE_MILLIS = 5;

    private final Logger logger;
    private final Garbage garbage;
    private final Epoll epoll;
    private final EventFd wake;
    private final Doorbell bell;
    private final Slots slots;
    private final Admission admission;
    private final Upkeep upkeep;
    private final Map<Integer, PipeExchange> active = new ConcurrentHashMap<>();
    private final ExecutorService workers = new ThreadPoolExecutor(
            0, Slots.MAX, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), PipeListener::worker);
    private final Thread doorman = new Thread(this::watch, "froggr-pipe");
    private volatile boolean closing;
    private volatile boolean ending;

    private PipeListener(PlatformHome home, ExchangeHandler handler, OutputWay way, Logger logger, Epoll epoll, EventFd wake)
            throws ErrnoException {
        this.logger = logger;
        this.garbage = new Garbage(logger, System::nanoTime);
        this.epoll = epoll;
        this.wake = wake;
        epoll.add(wake.fd(), Epoll.IN, WAKE);
        this.bell = new Doorbell(home.platformDescriptor(), epoll, BELL);
        try {
            this.slots = new Slots(home.platformDescriptor());
        } catch (ErrnoException e) {
            bell.close();
            throw e;
        }
        this.admission = new Admission(this, handler, way, logger);
        this.upkeep = new Upkeep(this, slots, logger);
    }

    static PipeListener open(PlatformHome home, ExchangeHandler handler, OutputWay way, Logger logger)
            throws ErrnoException {
        Epoll epoll = Epoll.open();
        EventFd wake = null;
        try {
            wake = EventFd.open();
            PipeListener listener = new PipeListener(home, handler, way, logger, epoll, wake);
            listener.start();
            return listener;
        } catch (ErrnoException e) {
            epoll.close();
            if (wake != null) {
                wake.close();
            }
            throw e;
        }
    }

    private void start() throws ErrnoException {
        doorman.setDaemon(true);
        doorman.start();
        upkeep.inherit();
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "froggr-pipe-exchange");
        thread.setDaemon(true);
        return thread;
    }

    private void watch() {
        Epoll.Events events = new Epoll.Events(EVENTS);
        while (!closing) {
            attempt(() -> {
                int count = epoll.await(events, -1);
                for (int i = 0; i < count; i++) {
                    happened(events.data(i));
                }
                return true;
            });
        }
    }

    private void happened(long what) throws ErrnoException {
        if (what == BELL) {
            bell.read(this::rung, garbage::rejected);
        } else if (what == WAKE) {
            wake.drain();
        } else {
            PipeExchange exchange = active.get((int) what);
            if (exchange != null) {
                exchange.clientLeft();
            }
        }
    }

    private void rung(BellLine line) {
        if (line.word() == BellLine.Word.FRG) {
            slots.get(line.slot()).ifPresentOrElse(slot -> look(slot, line.pid()), () -> garbage.rejected(0));
        } else {
            PipeExchange exchange = active.get(line.slot());
            if (exchange != null && exchange.client().pid() == line.pid()) {
                run(() -> exchange.rung(line));
            }
        }
    }

    /** Has somebody look at the request of a slot; {@code pid} is who rang, or 0. */
    void look(Slot slot, long pid) {
        if (closing || !slot.occupy()) {
            return;
        }
        attempt(() -> {
            slots.grow(active.size() + 1);
            return true;
        });
        try {
            workers.execute(() -> admission.admit(slot, pid));
        } catch (RejectedExecutionException e) {
            // It ends, or has none free; the next check finds the request.
            slot.vacate();
        }
    }

    Admission admission() {
        return admission;
    }

    boolean isActive(Slot slot) {
        return active.containsKey(slot.number());
    }

    /** Hears from now on of the client's end. */
    void register(PipeExchange exchange) throws ErrnoException {
        active.put(exchange.slot().number(), exchange);
        epoll.add(exchange.client().processDescriptor(), Epoll.IN | Epoll.ONESHOT, exchange.slot().number());
    }

    @Override
    public void forget(PipeExchange exchange) {
        active.remove(exchange.slot().number(), exchange);
        attempt(() -> {
            epoll.remove(exchange.client().processDescriptor());
            return true;
        });
        attempt(() -> {
            exchange.client().close();
            return true;
        });
        attempt(() -> {
            exchange.slot().release();
            return true;
        });
    }

    @Override
    public boolean isEnding() {
        return ending;
    }

    @Override
    public void run(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException e) {
            action.run();
        }
    }

    @Override
    public boolean attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (ErrnoException e) {
            logger.debug("pipe transport: {}", e.getMessage(), e);
            return false;
        } catch (RuntimeException e) {
            logger.error("pipe transport failed", e);
            return false;
        }
    }

    @Override
    public boolean check() throws ErrnoException {
        active.values().forEach(PipeExchange::release);
        boolean well = bell.mend() & slots.mend();
        upkeep.check();
        return well;
    }

    @Override
    public void close() throws ErrnoException {
        if (closing) {
            return;
        }
        closing = true;
        wake.signal();
        farewell();
        workers.shutdown();
        try {
            bell.close();
        } finally {
            slots.close();
        }
        if (!doorman.isAlive()) {
            epoll.close();
            wake.close();
        }
    }

    /** Lets what is in flight end for a moment, tells the others, and gives clients time to read it. */
    private void farewell() {
        try {
            doorman.join(FAREWELL_MILLIS);
            await(() -> active.values().stream().noneMatch(PipeExchange::isUnanswered), FAREWELL_MILLIS);
            ending = true;
            active.values().forEach(PipeExchange::abort);
            await(() -> {
                active.values().forEach(PipeExchange::release);
                return active.isEmpty();
            }, READING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ending = true;
        }
    }

    private static void await(BooleanSupplier condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
