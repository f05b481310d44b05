package org.froggr.session.internal.served;

import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.spi.tree.FileTree;

/**
 * Exchanges trees of a session's unions under those who use them, because their backend is being replaced: operations
 * are held until another one is there. Exchanges are made under the session's lock.
 */
public final class Replacements {
    private final Heads heads;
    private final Surroundings around;

    Replacements(Heads heads, Surroundings around) {
        this.heads = heads;
        this.around = around;
    }

    /** Exchanges the tree of a member under those who use it. */
    public void exchange(int head, int member, FileTree tree) throws ErrnoException {
        Optional<Head> found = heads.find(head);
        if (found.isPresent()) {
            found.get().union().exchange(member, tree);
        }
    }

    /** Lets operations on a member's tree wait until {@link #release}, because its backend is being replaced. */
    public void hold(int head, int member) {
        heads.find(head).ifPresent(found -> found.union().hold(member));
    }

    /** Ends {@link #hold}. */
    public void release(int head, int member) {
        heads.find(head).ifPresent(found -> found.union().release(member));
    }

    /** As {@link #hold}, for the targets' own directories. */
    public void holdOriginals() {
        heads.all().forEach(Head::holdOriginal);
    }

    /** Ends {@link #holdOriginals}. */
    public void releaseOriginals() {
        heads.all().forEach(Head::releaseOriginal);
    }

    /** Ends every {@link #hold}. */
    public void releaseAll() {
        heads.all().forEach(Head::releaseAll);
    }

    /** Exchanges the trees of the targets' own directories, the backend for them being a new one. */
    public void renewOriginals() throws ErrnoException, FroggrException {
        for (Head head : heads.all()) {
            head.renew(around);
        }
    }
}
