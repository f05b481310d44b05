package org.froggr.fuse.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.tree.FileTree;

/**
 * One mount being served: brings together what it is made of, counts the threads inside, and takes it apart
 * when it is over and the last one has left.
 */
final class FuseConnection implements FileService {
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How soon a lock is tried for again that somebody else may have released unnoticed. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** Threads that one connection may have, so that one whose operations all hang leaves some for others. */
    private static final int MOST_INSIDE = 64;

    /** How long operations are expected to take long after one did. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often threads that wait are told that it is over: one that was about to wait has not heard of it. */
    private static final long TELL_MILLIS = 2;

    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** In {@link #inside}: no further thread may enter. */
    private static final int OVER = 1 << 30;

    private final Served served;
    private final DeviceChannel channel;
    private final Workers workers;
    private final Dispatcher dispatcher;
    private final Crew crew = new Crew();
    private final Staffing staffing;
    private final LongAdder operations = new LongAdder();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private AutoCloseable listening = () -> {};
    private long key;

    /** Whether a thread comes when there is a request; races have one too many come. */
    private volatile boolean called = true;

    /** Until then operations are expected to take long. */
    private long slowUntilNanos;

    private boolean isSlow;
    private volatile long limitNanos;
    private volatile boolean isLeaving;
    private boolean ended;

    private FuseConnection(Served served, DeviceChannel channel, Workers workers) {
        this.channel = channel;
        this.workers = workers;
        this.served = served;
        this.dispatcher = new Dispatcher(served, new Interrupts(crew));
        this.staffing = new Staffing(crew, channel, this::call);
    }

    /**
     * Begins to serve what was negotiated, by this process or a former one. Owns the channel from now on,
     * which is not O_NONBLOCK.
     *
     * @throws ErrnoException what the system says to one more descriptor to wait for; the channel is closed
     */
    static FuseConnection start(Served served, DeviceChannel channel, Workers workers) throws ErrnoException {
        FuseConnection connection = new FuseConnection(served, channel, workers);
        connection.begin(served.tree);
        return connection;
    }

    private void begin(FileTree tree) throws ErrnoException {
        AutoCloseable watch = tree.watch(new Notifier(served));
        synchronized (this) {
            listening = watch;
            try {
                key = workers.add(this);
                return;
            } catch (ErrnoException e) {
                inside.set(OVER);
                served.complaints.say("The connection cannot be waited for", e);
                close(watch);
                endServed();
                channel.close();
                throw e;
            }
        }
    }

    DeviceChannel channel() {
        return channel;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Crew crew() {
        return crew;
    }

    Staffing staffing() {
        return staffing;
    }

    /** What {@link Workers} knows it by; set before it can be asked for, but by another thread. */
    synchronized long key() {
        return key;
    }

    // Threads inside

    /** Has one more thread come as soon as there is a request. */
    private void call() {
        if (!called) {
            called = true;
            workers.again(this);
        }
    }

    /** A thread has come because there was a request; no other will. */
    void came() {
        called = false;
    }

    /** Has one more thread come if there is a request that no thread waits for. */
    void callUnlessSomebodyWaits() {
        staffing.callUnlessSomebodyWaits(null);
    }

    /** Whether the calling thread may read requests, until it {@linkplain #leave leaves}. */
    boolean enter() {
        int most = MOST_INSIDE + served.overdue.get();
        int before = inside.getAndUpdate(count -> count < most ? count + 1 : count);
        return before < most;
    }

    void leave() {
        int left = inside.decrementAndGet();
        if (left == OVER) {
            end();
        } else if (left < OVER) {
            callUnlessSomebodyWaits();
        }
    }

    /** A thread inside has read, and performed so many requests; takes note of what came of it. */
    void count(long performed, Reader.Next next) {
        operations.add(performed);
        if (next == Reader.Next.END) {
            inside.getAndUpdate(count -> count | OVER);
        }
    }

    // Operations that take too long

    /** How long one may take, nanoseconds; 0 for any time. */
    long limitNanos() {
        return limitNanos;
    }

    void limit(Duration each) {
        limitNanos = each.toNanos();
    }

    /** Answers a request in place of its thread, which does not count until it has {@linkplain #returned returned}. */
    void giveUp(long unique, int error) {
        served.overdue.incrementAndGet();
        served.side.reply(unique, -error);
        if (error != Errno.EINTR.number()) {
            served.complaints.say("An operation takes longer than " + limitNanos / NANOS_A_SECOND + " s", null);
        }
        // The thread reads nothing for now
        callUnlessSomebodyWaits();
    }

    /** A thread has come back from a request that was given up. */
    void returned() {
        served.overdue.decrementAndGet();
    }

    /** Nobody is inside, nor will be. */
    private void end() {
        stopListening();
        workers.remove(key());
        endServed();
        channel.close();
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private void endServed() {
        if (isLeaving) {
            served.leave();
        } else {
            served.close();
        }
    }

    /** An operation takes long; by one thread, like the next. */
    void slow(long nowNanos) {
        slowUntilNanos = nowNanos + SLOW_NANOS;
        isSlow = true;
        staffing.careful(true);
    }

    /** Called now and then; returns whether it must be called again. */
    boolean look(long nowNanos) {
        if (isSlow && nowNanos - slowUntilNanos > 0) {
            isSlow = false;
            staffing.careful(false);
        }
        Locks locks = served.locks;
        if (locks.isRetryNeeded() && isServing() && retrying.compareAndSet(false, true)) {
            // On a thread of its own, since a tree may take its time
            Thread thread = new Thread(this::retryLocks, "froggr-fuse-locks");
            thread.setDaemon(true);
            thread.start();
        }
        return locks.isWaiting();
    }

    private void retryLocks() {
        try {
            while (isServing() && served.locks.isRetryNeeded()) {
                served.locks.retry();
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        } finally {
            retrying.set(false);
        }
    }

    // FileService

    @Override
    public Usage usage() {
        return new Usage(
                operations.sum(),
                served.bytesRead.sum(),
                served.bytesWritten.sum(),
                served.handles.count(),
                served.nodes.count());
    }

    @Override
    public boolean isServing() {
        return inside.get() < OVER;
    }

    @Override
    public List<String> losses() {
        return served.losses().all();
    }

    /** Ends it, and leaves all to a successor if anything was kept for one. */
    @Override
    public void handOver() {
        isLeaving = served.isKept();
        stop();
        // What hangs may end when the successor is there already
        served.release(false);
    }

    @Override
    public void close() {
        stop();
        served.release(!isLeaving);
    }

    private void stop() {
        stopListening();
        if (inside.getAndUpdate(count -> count | OVER) == 0) {
            end();
        }
        if (!awaitEnd()) {
            served.complaints.say("An operation did not end; what it uses is closed when it does", null);
        }
    }

    private synchronized boolean awaitEnd() {
        long deadline = System.nanoTime() + STOP_NANOS;
        boolean interrupted = false;
        while (!ended) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            crew.expel();
            try {
                wait(Math.min(left, TELL_MILLIS));
            } catch (InterruptedException e) {
                // It is bounded, and half of it would be worse
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    private void stopListening() {
        AutoCloseable former;
        synchronized (this) {
            former = listening;
            listening = () -> {};
        }
        close(former);
    }

    private void close(AutoCloseable watch) {
        try {
            watch.close();
        } catch (Exception e) {
            served.complaints.say("The tree could not be told to stop telling of changes", e);
        }
    }
}
