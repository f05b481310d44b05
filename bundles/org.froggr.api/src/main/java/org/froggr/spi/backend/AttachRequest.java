package org.froggr.spi.backend;

import java.util.List;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/** What is to be attached. */
@ProviderType
public interface AttachRequest {
    /** The scheme asked for, {@link MountBackend#LOCAL} for a local path. */
    String scheme();

    /** An absolute local path, or what follows the colon of {@code scheme:rest}; as ByteText. */
    String source();

    /**
     * For a local path: a descriptor of the checked object, opened with O_PATH. Valid during the call;
     * a backend that needs it longer duplicates it.
     */
    OptionalInt descriptor();

    /** Options of {@code -o} that the platform does not know itself; as given. */
    List<String> options();

    /** Whether the tree will only be read. */
    boolean readOnly();

    /** User id of the session's owner. */
    long owner();
}
