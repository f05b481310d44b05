package org.froggr.spi.backend;

import java.time.Duration;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tree in use. Called by the session manager alone; {@link #tree} and {@link #probe} from any
 * thread, the others one at a time.
 */
@ConsumerType
public interface Attachment extends AutoCloseable {
    /** The tree, the same for the attachment's whole life. */
    Tree tree();

    /**
     * Finishes what is in flight and starts nothing new until {@link #resume}.
     *
     * @throws ErrnoException ETIMEDOUT if that takes longer than {@code limit}; the attachment then
     *     goes on as if it had not been called
     */
    default void quiesce(Duration limit) throws ErrnoException {}

    /** Goes on after {@link #quiesce}. */
    default void resume() {}

    /** Looks whether the tree still answers; must return within a second. */
    default Health probe() {
        return Health.OK;
    }

    /** Gives back what the tree holds. Called after the last mount of it is gone; idempotent. */
    @Override
    void close() throws ErrnoException;

    /** An attachment that holds nothing. */
    static Attachment of(Tree tree) {
        return new Attachment() {
            @Override
            public Tree tree() {
                return tree;
            }

            @Override
            public void close() {}
        };
    }
}
