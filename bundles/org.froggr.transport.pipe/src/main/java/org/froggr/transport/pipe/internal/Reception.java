package org.froggr.transport.pipe.internal;

import org.froggr.api.ErrnoException;

/** What an exchange needs of the listener that it came through. */
interface Reception {
    /** Whether the transport ends and nothing may wait any longer. */
    boolean isEnding();

    /** Runs something on a thread of its own. */
    void run(Runnable action);

    /** Does something that may fail, which is only logged; false then. */
    boolean attempt(Attempt attempt);

    /** The slot is free; the exchange is over. */
    void forget(PipeExchange exchange);

    /** Something that may fail. */
    @FunctionalInterface
    interface Attempt {
        boolean run() throws ErrnoException;
    }
}
