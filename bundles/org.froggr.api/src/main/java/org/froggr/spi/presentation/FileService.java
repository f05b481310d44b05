package org.froggr.spi.presentation;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A tree being served. Used from any thread. */
@ConsumerType
public interface FileService extends AutoCloseable {
    /** Numbers since it began. */
    Usage usage();

    /** Whether requests are still answered: false after the connection ended or was aborted. */
    boolean isServing();

    /**
     * What a take-over could not restore, a sentence for each file or lock; empty if all is as it was, or if
     * nothing was taken over.
     */
    default List<String> losses() {
        return List.of();
    }

    /**
     * Stops serving and leaves everything to a successor: requests in flight are answered, further ones wait
     * for it. Returns within a few seconds; idempotent.
     */
    void handOver();

    /**
     * Ends serving: requests in flight are answered, further ones are not read. What the tree handed out
     * is closed and forgotten, what was kept for a successor is removed. Idempotent; returns within a few seconds even if an operation hangs.
     */
    @Override
    void close();

    /**
     * What a connection has been used for.
     *
     * @param operations requests answered
     * @param bytesRead through the platform, not those the kernel reads directly
     * @param bytesWritten likewise
     * @param handles files and directories that are open now
     * @param nodes inodes that the kernel knows now
     */
    record Usage(long operations, long bytesRead, long bytesWritten, int handles, int nodes) {}
}
