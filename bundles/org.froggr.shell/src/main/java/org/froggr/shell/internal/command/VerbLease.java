package org.froggr.shell.internal.command;

import java.util.Objects;
import org.froggr.spi.command.Verb;

/**
 * An instance of a verb for one call; closing gives it back.
 *
 * @param verb the instance
 * @param giveBack what closing does
 */
public record VerbLease(Verb verb, Runnable giveBack) implements AutoCloseable {
    public VerbLease {
        Objects.requireNonNull(verb);
        Objects.requireNonNull(giveBack);
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
