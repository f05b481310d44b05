package org.froggr.spi.presentation;

import java.time.Duration;
import org.froggr.spi.tree.FileTree;
import org.osgi.annotation.versioning.ProviderType;

/** What is to be served, and how. */
@ProviderType
public interface ServeRequest {
    /** Of {@code /dev/fuse}, mounted already. Duplicated by the server if it is needed longer than the call. */
    int device();

    /** What the mount shows. */
    FileTree tree();

    /** For threads and messages: the session's short id. */
    String label();

    /** Whether open files may be handed to the kernel to read and write directly, where it permits that. */
    boolean passthrough();

    /**
     * Directory of this connection for what a successor needs if this process is killed: O_PATH or opened for
     * reading, duplicated by the server if it is needed longer than the call; -1 if nothing is to be kept.
     */
    default int recovery() {
        return -1;
    }

    /**
     * Whether the device was served before by a process that has ended, or is about to, and that left in
     * {@link #recovery} what is needed to go on where it stopped. There is no handshake then.
     */
    default boolean isTakenOver() {
        return false;
    }

    /** How long an operation may take before its caller gets EIO; zero for any time. */
    default Duration operationLimit() {
        return Duration.ZERO;
    }
}
