package org.froggr.itests.posix;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A thread that keeps the credentials of the program, for what cases with other ones may not do. */
final class Steward {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(action -> {
        Thread thread = new Thread(action, "steward");
        thread.setDaemon(true);
        return thread;
    });

    private static final ExecutorService LONG = Executors.newCachedThreadPool(action -> {
        Thread thread = new Thread(action, "answer");
        thread.setDaemon(true);
        return thread;
    });

    private Steward() {}

    /** Starts it; to be called before any thread changes its credentials, since a thread inherits them. */
    static void begin() throws Exception {
        call(() -> 0);
    }

    /** Computes something that takes long, on a thread with the same credentials. */
    static CompletableFuture<Object> answer(Supplier<Object> task) throws Exception {
        return call(() -> CompletableFuture.supplyAsync(task, LONG));
    }

    static <T> T call(Callable<T> task) throws Exception {
        try {
            return THREAD.submit(task).get();
        } catch (ExecutionException e) {
            Worker.rethrow(e.getCause());
            throw new IllegalStateException(e);
        }
    }
}
