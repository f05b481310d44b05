package org.froggr.session.internal.pipes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.froggr.api.ErrnoException;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.spi.transport.ExchangeHandler;
import org.osgi.service.log.Logger;

/**
 * The pipes {@code ctl} and {@code reply} of all sessions. One thread reads and writes; a few others
 * carry the requests out, one at a time for each session. All methods may be called from any thread and
 * none waits for a reader.
 */
public final class SessionPipes implements AutoCloseable {
    /** How long the reader of a requester's own pipe may do nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int WORKERS = 8;
    private static final int IDLE_SECONDS = 30;
    private static final long ENDING_MILLIS = 2000;

    private final PipeLoop loop;
    private final Requests requests;
    private final ThreadPoolExecutor workers;
    private final Map<UUID, Channel> channels = new ConcurrentHashMap<>();

    /** @param handlers what carries out the requests, asked for each of them anew */
    public SessionPipes(Supplier<Optional<ExchangeHandler>> handlers, Logger logger) throws ErrnoException {
        this(handlers, logger, PATIENCE);
    }

    SessionPipes(Supplier<Optional<ExchangeHandler>> handlers, Logger logger, Duration patience)
            throws ErrnoException {
        loop = new PipeLoop(patience, logger);
        requests = new Requests(handlers, loop, logger);
        workers = workers();
    }

    private static ThreadPoolExecutor workers() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "froggr-pipes-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Begins to read a session's {@code ctl}; to be called again after its pipes were made anew.
     *
     * @throws ErrnoException if {@code ctl} is no pipe of this user
     */
    public void add(UUID id, SessionDirectory directory) throws ErrnoException {
        Channel channel = new Channel(directory, loop, workers, requests::carryOut);
        Channel former = channels.put(id, channel);
        if (former != null) {
            former.close();
        }
    }

    /** Stops reading. A request that is being carried out goes on, and is answered if the pipe is there. */
    public void remove(UUID id) {
        Channel channel = channels.remove(id);
        if (channel != null) {
            channel.close();
        }
    }

    /** Writes a line to a session's {@code reply}, or drops it; does nothing for a session that was not added. */
    public void publish(UUID id, Map<String, Object> event) {
        Channel channel = channels.get(id);
        if (channel != null) {
            channel.reply().write(Answer.line(event));
        }
    }

    /** How many lines to this session's readers were dropped, since {@link #add}. */
    public long dropped(UUID id) {
        Channel channel = channels.get(id);
        return channel == null ? 0 : channel.reply().dropped();
    }

    /**
     * Takes no more requests, lets those in flight and their answers end for about two seconds, and
     * tells the rest that nobody waits. Idempotent.
     */
    @Override
    public void close() throws ErrnoException {
        if (workers.isShutdown()) {
            return;
        }
        channels.values().forEach(this::end);
        channels.clear();
        workers.shutdown();
        if (!awaitWorkers()) {
            requests.hangUp();
            awaitWorkers();
        }
        loop.close();
    }

    private void end(Channel channel) {
        List<byte[]> rest = channel.close();
        rest.forEach(line -> requests.refuse(channel, line));
    }

    private boolean awaitWorkers() {
        try {
            return workers.awaitTermination(ENDING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
