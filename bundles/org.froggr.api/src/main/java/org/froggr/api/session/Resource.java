package org.froggr.api.session;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** One thing that a session uses, measured against its limit. */
@ProviderType
public interface Resource {
    /** {@code processes}, {@code memory}, {@code descriptors}, {@code mounts}, {@code history}. */
    String name();

    /** How much, in {@link #unit}. */
    long used();

    /** The limit in the same unit, if there is one. */
    OptionalLong limit();

    /** {@code count} or {@code bytes}. */
    String unit();
}
