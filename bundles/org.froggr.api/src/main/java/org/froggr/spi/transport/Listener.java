package org.froggr.spi.transport;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/** A transport at work. */
@ConsumerType
public interface Listener extends AutoCloseable {
    /**
     * Looks whether clients can still reach it and mends what it can: pipes that were removed,
     * replaced or made unreadable are made anew, requests that were missed are taken up. Called about
     * once a second by the platform.
     *
     * @return whether all was well
     * @throws ErrnoException what could not be mended
     */
    boolean check() throws ErrnoException;

    /** Takes no more requests, lets those in flight end for a moment, and removes its files. Idempotent. */
    @Override
    void close() throws ErrnoException;
}
