package org.froggr.transport.pipe.internal;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.froggr.linux.TerminalSize;

/** What a client says when it is ready; or that it never will be. */
final class Signal {
    private static final int LIMIT_SECONDS = 10;

    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile TerminalSize size;

    /** @param given null if the client has gone */
    void give(TerminalSize given) {
        if (given != null && latch.getCount() > 0) {
            size = given;
        }
        latch.countDown();
    }

    /** Whether the client is ready; false if it has gone, or takes too long. */
    boolean await() {
        try {
            return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS) && size != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<TerminalSize> size() {
        return Optional.ofNullable(size);
    }
}
