package org.froggr.fuse.internal;

/** Where it is said what went wrong that no program can be told of. Never blocks; any thread. */
@FunctionalInterface
interface Complaints {
    /**
     * Says it.
     *
     * @param cause null if there is none
     */
    void say(String message, Throwable cause);
}
