package org.froggr.api.session;

/** Where a session stands in its life. The session manager holds the table of legal moves. */
public enum SessionState {
    /** Its process and files are being made. */
    CREATING,
    /** Its process lives; the verbs work. */
    ACTIVE,
    /** Something of it died and a recovery policy is being applied. */
    RECOVERING,
    /** Its mounts are being undone. */
    TERMINATING,
    /** A policy gave up: nothing is touched any more, and the session waits for a person. */
    FAILED
}
