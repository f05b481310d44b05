package org.froggr.launcher;

/** Why the socket client ends without an answer of the platform. */
final class SocketFailure extends Exception {
    // sysexits.h
    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int INTERNAL = 70;
    static final int IO_ERROR = 74;
    static final int TRY_AGAIN = 75;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private SocketFailure(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    static SocketFailure usage(String message) {
        return new SocketFailure(USAGE, "USAGE", message, null);
    }

    /** The platform says something that this client does not understand. */
    static SocketFailure otherVersion(String what) {
        String message = "the platform sent " + what
                + "; it is of another version than this frg; try: frg platform stop, then the same command again";
        return new SocketFailure(INTERNAL, "INTERNAL", message, null);
    }

    static SocketFailure output(String what, Throwable cause) {
        String message = what + " cannot be written: " + cause.getMessage();
        return new SocketFailure(IO_ERROR, "IO_ERROR", message, cause);
    }

    /** Nobody took the request; the script, which knows the home, says so. */
    static SocketFailure unavailable(Throwable cause) {
        return new SocketFailure(UNAVAILABLE, "", "", cause);
    }

    /** The platform took the request and is gone; the script says so. */
    static SocketFailure wentAway(Throwable cause) {
        return new SocketFailure(TRY_AGAIN, "", "", cause);
    }

    int status() {
        return status;
    }

    /** Whether the client says what is wrong, and not the script. */
    boolean isOurs() {
        return !code.isEmpty();
    }

    /** One line for standard error. */
    String line(String verb) {
        return "frg: " + (verb.isEmpty() ? "" : verb + ": ") + code + ": " + getMessage() + "\n";
    }
}
