package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileTree;

/** Something that is open in a member. */
interface Handle {
    /** Opens the same file in another tree. The member's gate is closed. */
    Reopened reopen(FileTree tree) throws ErrnoException;

    /** What was opened anew and is not used yet. One of the methods is called, once. */
    interface Reopened {
        /** From now on it is used; what was used until now is closed. */
        void use();

        /** Closes it. */
        void cancel();
    }
}
