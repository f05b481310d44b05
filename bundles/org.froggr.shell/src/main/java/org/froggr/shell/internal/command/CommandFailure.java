package org.froggr.shell.internal.command;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;

/**
 * An error as it is shown: what the funnel makes of every exception. Thrown itself where an exit
 * status is wanted that no {@link org.froggr.api.Fault} has.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final transient BytePath path;
    private final String hint;

    private CommandFailure(String code, int status, String message, BytePath path, String hint, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
        this.path = path;
        this.hint = hint;
    }

    public CommandFailure(String code, int status, String message, Throwable cause) {
        this(code, status, message, null, null, cause);
    }

    static CommandFailure of(FroggrException e) {
        return new CommandFailure(
                e.fault().name(),
                e.fault().exitStatus(),
                e.getMessage(),
                e.path().orElse(null),
                e.hint().orElse(null),
                e);
    }

    /** The same with another exit status. */
    CommandFailure exiting(int otherStatus) {
        return new CommandFailure(code, otherStatus, getMessage(), path, hint, getCause());
    }

    /** An exception whose message is the whole line to show, for those who print messages themselves. */
    CommandFailure finished(String line) {
        return new CommandFailure(code, status, line, path, hint, this);
    }

    String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** The message alone: Gogo prints exceptions with this method, and a class name tells nobody anything. */
    @Override
    public String toString() {
        return getMessage();
    }

    Optional<BytePath> path() {
        return Optional.ofNullable(path);
    }

    Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
