package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileTree;

/** Something that is open in a member. The fields belong to {@link Handles}. */
abstract class Handle {
    Handle before;
    Handle after;

    /**
     * Opens the same file in another tree. What has lost its name, or may not be opened once more, stays open in
     * the tree it was opened in. The member's gate is closed.
     *
     * @throws ErrnoException if the other tree does not have it
     */
    abstract Reopened reopen(FileTree tree) throws ErrnoException;

    /** Whether it is a file that is known by that name. */
    abstract boolean isKnownAs(DirectoryNode directory, FileName name);

    /** What was opened anew and is not used yet. One of the methods is called, once. */
    interface Reopened {
        /** From now on it is used; what was used until now is closed. */
        void use();

        /** Closes it. */
        void cancel();
    }
}
