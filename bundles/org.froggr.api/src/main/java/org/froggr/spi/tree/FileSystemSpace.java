package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/** Sizes and limits of a file system: a plain structure, as struct statfs of statfs(2). */
@ProviderType
public final class FileSystemSpace {
    /** In units of {@link #fragmentSize}. */
    public long blocks;

    public long blocksFree;

    /** For users without privilege. */
    public long blocksAvailable;

    public long files;
    public long filesFree;

    /** Bytes. */
    public int blockSize;

    /** Bytes. */
    public int fragmentSize;

    /** Longest name, bytes. */
    public int nameLength;
}
