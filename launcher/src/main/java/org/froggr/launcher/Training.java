package org.froggr.launcher;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The life of a platform that is started only for the JVM to see which classes a start needs: until
 * it would answer commands, or a deadline, and no longer.
 */
final class Training {
    private static final long LIMIT_SECONDS = 30;
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private Training() {}

    /** Returns when the platform has announced itself, or after the limit. */
    static void run(Places places) {
        // Nobody watches this JVM, and it may outlive the one that wanted it.
        CompletableFuture.delayedExecutor(2 * LIMIT_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(ExitStatus.FAILED));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.exists(places.platform().resolve("pid")) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
