package org.froggr.shell.internal.command;

import java.util.Objects;

/**
 * An instance of a verb, with its model, for one call; closing gives it back.
 *
 * @param command the instance and its model
 * @param giveBack what closing does
 */
public record VerbLease(VerbCommand command, Runnable giveBack) implements AutoCloseable {
    public VerbLease {
        Objects.requireNonNull(command);
        Objects.requireNonNull(giveBack);
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
