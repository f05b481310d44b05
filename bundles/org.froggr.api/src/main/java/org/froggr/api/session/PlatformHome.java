package org.froggr.api.session;

import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The directory that everything of one user's platform lives in, opened and checked once. Whoever
 * works below it does so by {@code openat(2)} from these descriptors, which stay open as long as the
 * service is there and must not be closed by others.
 */
@ProviderType
public interface PlatformHome {
    /** Absolute path, for messages and for programs that are started. */
    BytePath path();

    /** Descriptor of the root. */
    int descriptor();

    /** Descriptor of {@code platform/}: pid, control pipe, sockets, log. */
    int platformDescriptor();

    /** Descriptor of {@code sessions/}, which holds session directories and nothing else. */
    int sessionsDescriptor();

    /** User id that owns all of it; the platform's own. */
    long owner();
}
