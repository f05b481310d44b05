package org.froggr.spi.presentation;

import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileTree;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One union: the stack of trees at one target. Every change is seen by operations that begin after it,
 * those under way finish on what they began with. Used from any thread; changes one at a time.
 */
@ConsumerType
public interface UnionHead extends AutoCloseable {
    /** Its entry in the root of the space's tree. */
    String name();

    /** The union alone, for use as a member of another one in the same platform. */
    FileTree files();

    /** The members, first to last. */
    List<UnionMember> members();

    /** Open files and directories of that member. */
    int handles(long member);

    /** Adds a member before or after those there are. */
    void add(UnionMember member, boolean before) throws ErrnoException;

    /**
     * Takes a member out. Its open files work until they are closed.
     *
     * @param orderly fail with EBUSY if there are open files or directories of it
     */
    void remove(long member, boolean orderly) throws ErrnoException;

    /** Puts the members in this order: all of them, each once. */
    void reorder(List<Long> members) throws ErrnoException;

    /**
     * Exchanges the tree of a member for one that shows the same files, under programs that use it. Steps:
     * new operations wait, those in flight end, open files are opened anew by their names, operations go
     * on. If a file cannot be opened anew all stays as it was.
     *
     * @throws ErrnoException why a file could not be opened, or ETIMEDOUT if operations did not end
     */
    void exchange(long member, FileTree tree) throws ErrnoException;

    /**
     * Lets operations on that member wait, for a tree that is about to be {@linkplain #exchange exchanged}. Waits
     * a moment for those under way. No member of that number: nothing happens.
     */
    void hold(long member);

    /** Ends {@link #hold}: with the same tree, if it was not exchanged. */
    void release(long member);

    /** Takes the union out of the space. Its open files work until they are closed. */
    @Override
    void close();
}
