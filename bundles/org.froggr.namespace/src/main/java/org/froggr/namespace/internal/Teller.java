package org.froggr.namespace.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that tells listeners of changes in the unions of a space. It holds no lock, since a listener may
 * wait for the kernel, which may wait for an operation. There is no thread while there is nothing to tell.
 */
final class Teller implements AutoCloseable {
    private static final long KEEP_SECONDS = 1;
    private static final long PATIENCE_SECONDS = 2;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, KEEP_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), run -> {
                Thread made = new Thread(run, "froggr-union-news");
                made.setDaemon(true);
                return made;
            });

    Teller() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** Tells, later. */
    void tellLater(Runnable news) {
        submit(news);
    }

    /** Tells, and waits until that is done, but not for ever: the kernel may wait for a member that hangs. */
    void tell(Runnable news) {
        Future<?> told = submit(news);
        try {
            if (told != null) {
                told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // A listener that breaks or hangs: names are valid for their time at the longest.
            return;
        }
    }

    private Future<?> submit(Runnable news) {
        try {
            return thread.submit(news);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
