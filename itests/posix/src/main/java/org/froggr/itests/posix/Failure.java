package org.froggr.itests.posix;

/** What a case demands is not so. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
