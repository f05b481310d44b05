package org.froggr.api.session;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** One thing that a session uses, measured against its limit. */
@ProviderType
public interface Resource {
    /**
     * {@code processes}, {@code memory}, {@code descriptors}, {@code mounts}; where the platform presents
     * trees of the session also {@code operations}, {@code operations/s} since it was last asked for, {@code
     * read}, {@code written}, {@code handles} and {@code inodes}.
     */
    String name();

    /** How much, in {@link #unit}. */
    long used();

    /** The limit in the same unit, if there is one. */
    OptionalLong limit();

    /** {@code count} or {@code bytes}. */
    String unit();
}
