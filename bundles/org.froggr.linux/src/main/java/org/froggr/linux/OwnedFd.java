package org.froggr.linux;

import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** A descriptor that somebody must close, once. Safe from any thread. */
@ProviderType
public final class OwnedFd implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    private OwnedFd(int number) {
        this.number = new AtomicInteger(number);
    }

    /** Takes over this descriptor. */
    public static OwnedFd of(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("no descriptor: " + number);
        }
        return new OwnedFd(number);
    }

    /**
     * The descriptor, still owned by this object.
     *
     * @throws IllegalStateException if it is closed or released
     */
    public int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException("closed");
        }
        return current;
    }

    /** Hands the descriptor to the caller, who must close it; closing this object then does nothing. */
    public int release() {
        int current = number.getAndSet(CLOSED);
        if (current == CLOSED) {
            throw new IllegalStateException("closed");
        }
        return current;
    }

    /** Closes it; again: does nothing. */
    @Override
    public void close() throws ErrnoException {
        int current = number.getAndSet(CLOSED);
        if (current != CLOSED) {
            Fd.close(current);
        }
    }
}
