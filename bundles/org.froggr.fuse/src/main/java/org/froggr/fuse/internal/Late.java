package org.froggr.fuse.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * Something of the tree that is open: at once, or, after a take-over, when it is first used. Any thread.
 *
 * @param <T> what is open
 */
final class Late<T extends AutoCloseable> {
    /** Opens it anew. */
    @FunctionalInterface
    interface Opener<T> {
        T open() throws ErrnoException;
    }

    private final Opener<T> opener;
    private volatile T present;
    private T former;
    private boolean refused;

    private Late(T present, Opener<T> opener) {
        this.present = present;
        this.opener = opener;
    }

    static <T extends AutoCloseable> Late<T> of(T present) {
        return new Late<>(present, null);
    }

    static <T extends AutoCloseable> Late<T> by(Opener<T> opener) {
        return new Late<>(null, opener);
    }

    T get() throws ErrnoException {
        T now = present;
        return now != null ? now : open();
    }

    private synchronized T open() throws ErrnoException {
        if (refused) {
            throw new ErrnoException(Errno.EIO, "take over");
        }
        if (present == null) {
            present = opener.open();
        }
        return present;
    }

    /** Whether it was not open from the beginning. */
    boolean isLate() {
        return opener != null;
    }

    /** What is open now; null if it was not used yet. */
    T now() {
        return present;
    }

    /** It must not be used any more: EIO from now on. */
    synchronized void refuse() {
        refused = true;
        former = present;
        present = null;
    }

    synchronized boolean isRefused() {
        return refused;
    }

    /** Closes what is open; nobody uses it any more. */
    synchronized void close() throws ErrnoException {
        T open = refused ? former : present;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (ErrnoException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
