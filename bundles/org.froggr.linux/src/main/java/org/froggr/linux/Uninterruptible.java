package org.froggr.linux;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what must not be left alone. */
final class Uninterruptible {
    private Uninterruptible() {}

    /** The result of a task that never throws; an interrupt is kept for later. */
    static <T> T get(Future<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
