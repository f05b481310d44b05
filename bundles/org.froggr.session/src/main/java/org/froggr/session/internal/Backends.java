package org.froggr.session.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.osgi.service.log.Logger;

/** The backends that are there, and calls to them that neither hang nor throw what they like. */
final class Backends implements AutoCloseable {
    /** How long a backend may take to produce a tree. */
    private static final Duration ATTACH_LIMIT = Duration.ofSeconds(30);

    /** How long after a service went its users wait for another. */
    static final Duration REPLACEMENT_LIMIT = Duration.ofSeconds(3);

    private final Services<MountBackend> byScheme = new Services<>(MountBackend.SCHEME, REPLACEMENT_LIMIT);
    private final Services<MountBackend> byType = new Services<>(MountBackend.TYPE, REPLACEMENT_LIMIT);
    private final ExecutorService callers;
    private final Logger log;

    Backends(Logger log) {
        this.log = log;
        this.callers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "froggr-backend");
            thread.setDaemon(true);
            return thread;
        });
    }

    void add(MountBackend backend, Map<String, ?> properties) {
        byScheme.add(backend, properties);
        byType.add(backend, properties);
    }

    void remove(MountBackend backend) {
        byScheme.remove(backend);
        byType.remove(backend);
    }

    /** Calls {@code action} with each backend and its properties. */
    void forEach(BiConsumer<MountBackend, Map<String, ?>> action) {
        byScheme.forEach(action);
    }

    Services<MountBackend> byScheme() {
        return byScheme;
    }

    Services<MountBackend> byType() {
        return byType;
    }

    /** The backend of that type if one is given, else that of the scheme. */
    Optional<Services<MountBackend>.Lease> lease(Optional<String> type, String scheme) {
        return type.isPresent() ? byType.lease(type.get()) : byScheme.lease(scheme);
    }

    Attachment attach(MountBackend backend, AttachRequest request) throws ErrnoException {
        return call("attach", () -> backend.attach(request));
    }

    Attachment adopt(MountBackend backend, AttachRequest request, BytePath tree) throws ErrnoException {
        return call("adopt", () -> backend.adopt(request, tree));
    }

    private interface Call {
        Attachment perform() throws ErrnoException, InterruptedException;
    }

    /** Whatever a backend does wrong is EIO to the caller and a line in the log. */
    private Attachment call(String operation, Call call) throws ErrnoException {
        CompletableFuture<Attachment> result = new CompletableFuture<>();
        Future<?> thread = callers.submit(() -> complete(result, call));
        try {
            return result.get(ATTACH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErrnoException errno) {
                throw errno;
            }
            throw broken(operation, "it threw " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            abandon(result, thread);
            log.error("a backend did not answer {} within {}", operation, ATTACH_LIMIT);
            throw new ErrnoException(Errno.ETIMEDOUT, operation);
        } catch (InterruptedException e) {
            abandon(result, thread);
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, operation);
        }
    }

    /** A tree that nobody waits for any more is given back by whoever made it. */
    private void complete(CompletableFuture<Attachment> result, Call call) {
        try {
            Attachment attachment = call.perform();
            if (attachment == null || attachment.tree() == null) {
                throw new IllegalStateException("it returned nothing");
            }
            if (!result.complete(attachment)) {
                attachment.close();
            }
        } catch (ErrnoException | InterruptedException | RuntimeException | LinkageError e) {
            if (!result.completeExceptionally(e)) {
                log.warn("a backend that was given up failed", e);
            }
        }
    }

    private static void abandon(CompletableFuture<Attachment> result, Future<?> thread) throws ErrnoException {
        if (!result.completeExceptionally(new TimeoutException()) && !result.isCompletedExceptionally()) {
            result.join().close();
        }
        thread.cancel(true);
    }

    private ErrnoException broken(String operation, String how, Throwable cause) {
        log.error("a backend is broken: {}: {}", operation, how, cause);
        return new ErrnoException(Errno.EIO, operation);
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
