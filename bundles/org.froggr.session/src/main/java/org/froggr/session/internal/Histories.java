package org.froggr.session.internal;

import java.time.Duration;
import java.util.List;
import org.froggr.api.FroggrException;

/** How operations are written into a session's history. */
final class Histories {
    private Histories() {}

    /** @param startNanos {@link System#nanoTime} at the beginning of the operation */
    static void ok(LiveSession session, String operation, List<String> arguments, long startNanos) {
        session.ledger().remember(operation, arguments, "ok", since(startNanos));
    }

    static void failed(
            LiveSession session, String operation, List<String> arguments, FroggrException e, long startNanos) {
        session.ledger().remember(operation, arguments, e.fault() + ": " + e.getMessage(), since(startNanos));
        session.publishError(e.fault() + ": " + e.getMessage());
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
