package org.froggr.spi.recovery;

/** What is done about an incident. */
public enum Decision {
    /** Go on with what is left: the same mounts, a new process. A private namespace is made anew. */
    RESUME,
    /** Undo what is left and make the session's namespace anew. */
    REMOUNT,
    /** Unmount, remove, report. */
    CLEAN_UP,
    /** Touch nothing, report. */
    QUARANTINE
}
