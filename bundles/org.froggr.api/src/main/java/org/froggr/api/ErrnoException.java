package org.froggr.api;

import java.io.IOException;

/**
 * A system call failed. Carries the number, since that is what FUSE and exit statuses are made of.
 */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String operation;
    private final transient BytePath path;

    /** An error of {@code operation} (the system call's name) that concerns no path. */
    public ErrnoException(Errno errno, String operation) {
        this(errno.number(), operation, null);
    }

    /**
     * @param number the value of errno, which may be one that {@link Errno} has no name for
     * @param operation the system call's name, as in its man page
     * @param path what it was called on, or null
     */
    public ErrnoException(int number, String operation, BytePath path) {
        super(operation + (path == null ? "" : " " + path.quoted()) + ": " + Errno.describe(number));
        this.number = number;
        this.operation = operation;
        this.path = path;
    }

    /** The value of errno. */
    public int number() {
        return number;
    }

    /** Whether this is that error. */
    public boolean is(Errno errno) {
        return number == errno.number();
    }

    /** The system call that failed. */
    public String operation() {
        return operation;
    }

    /** What it was called on, or null. */
    public BytePath path() {
        return path;
    }
}
