package org.froggr.transport.pipe.internal;

/** How output reaches a client, the fastest first. */
public enum OutputWay {
    /** With a copy of the client's descriptor, pidfd_getfd(2). */
    FETCH,
    /** By opening the client's terminal or pipe again through {@code /proc/PID/fd}; Yama allows it. */
    REOPEN,
    /** Through pipes of the slot that the client copies from. */
    COPY
}
