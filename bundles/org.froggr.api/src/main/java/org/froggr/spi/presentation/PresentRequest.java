package org.froggr.spi.presentation;

import java.util.Set;
import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/** What is to be made visible, and where. The descriptors are valid during the call. */
@ProviderType
public interface PresentRequest {
    MountSpace space();

    /** O_PATH descriptor of the tree's root, a directory or a file, reachable in {@link #space}. */
    int source();

    /** Path of the source as seen inside. */
    BytePath sourcePath();

    /** O_PATH descriptor of the mount point. */
    int target();

    /** Path of the mount point as seen inside, without symbolic links. */
    BytePath targetPath();

    /** Whether the mounts below the source come along. */
    boolean recursive();

    /** Of {@code ro nosuid nodev noexec noatime nosymfollow}, in addition to what the source has. */
    Set<String> flags();
}
