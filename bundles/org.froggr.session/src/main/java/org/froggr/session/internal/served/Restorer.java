package org.froggr.session.internal.served;

import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.tree.FileTree;

/** Gives the trees of members that an earlier platform presented. */
public interface Restorer {
    /**
     * The tree of a member other than the target's own directory.
     *
     * @param source O_PATH descriptor of what is kept for it, empty if nothing is
     */
    FileTree tree(HeadRecord head, HeadRecord.Member member, Optional<OwnedFd> source)
            throws ErrnoException, FroggrException;
}
