package org.froggr.shell.internal.command;

/**
 * A {@link org.froggr.spi.command.Verb} whose instances may serve one call after the other: they know
 * nothing but what they were made with and the fields that picocli sets anew at each parse.
 */
public interface Reusable {}
