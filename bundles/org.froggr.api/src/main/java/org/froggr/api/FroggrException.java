package org.froggr.api;

import java.util.Optional;

/**
 * An error meant for a person: what went wrong, with which path, why, and what to try.
 * Shown as {@code frg: <verb>: <CODE>: <message>; try: <hint>}.
 */
public final class FroggrException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final transient BytePath path;
    private final String hint;

    private FroggrException(Fault fault, String message, BytePath path, String hint, Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.path = path;
        this.hint = hint;
    }

    /** An error whose message names what it must; paths in it are {@linkplain BytePath#quoted quoted}. */
    public static FroggrException of(Fault fault, String message) {
        return new FroggrException(fault, message, null, null, null);
    }

    /** The same, concerning this path, which JSON shows apart. */
    public FroggrException about(BytePath concerned) {
        return new FroggrException(fault, getMessage(), concerned, hint, getCause());
    }

    /** The same, with what to try. */
    public FroggrException hint(String whatToTry) {
        return new FroggrException(fault, getMessage(), path, whatToTry, getCause());
    }

    /** The same, with what caused it, for the log. */
    public FroggrException causedBy(Throwable cause) {
        return new FroggrException(fault, getMessage(), path, hint, cause);
    }

    public Fault fault() {
        return fault;
    }

    public Optional<BytePath> path() {
        return Optional.ofNullable(path);
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
