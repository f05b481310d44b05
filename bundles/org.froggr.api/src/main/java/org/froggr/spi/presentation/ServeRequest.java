package org.froggr.spi.presentation;

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
}
