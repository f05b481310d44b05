package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Hears of changes that came from elsewhere. Called by the tree on a thread of its own that holds no lock
 * which an operation of the tree needs: the listener may wait for the kernel, which may wait for the tree.
 */
@ProviderType
public interface TreeListener {
    /** That name in that directory now means another file or none. */
    void entryChanged(FileNode directory, byte[] name);

    /** Mode, owner, times or size of that file changed, its contents did not. */
    void attributesChanged(FileNode node);

    /** The contents of that file or directory changed. */
    void contentsChanged(FileNode node);
}
