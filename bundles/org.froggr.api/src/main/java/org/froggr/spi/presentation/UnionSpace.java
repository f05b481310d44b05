package org.froggr.spi.presentation;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileTree;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The unions of one session in one tree: its root is a read-only directory with an entry for each union,
 * since a session has one connection and each target is bound from a part of it.
 */
@ConsumerType
public interface UnionSpace extends AutoCloseable {
    /** All of them; the same object for the space's whole life. */
    FileTree files();

    /**
     * Adds a union.
     *
     * @param name its entry in the root of {@link #files}; digits
     * @param first its only member for now
     * @throws ErrnoException EEXIST
     */
    UnionHead open(String name, UnionOptions options, UnionMember first) throws ErrnoException;

    /**
     * All unions that the last process had are open again, with all members whose trees could be had; nobody asks for
     * files yet. What that process left half done is finished, or undone if that cannot be; as long as a
     * member is missing that it concerns, it waits for that. Called once, by who takes a session over.
     */
    default void recovered() {}

    /** Takes all unions out. What is kept of them for a successor stays. */
    @Override
    void close();

    /**
     * How a union behaves.
     *
     * @param plan9 the rules of Plan 9 where they differ: one level deep, duplicates listed, creation only
     *     in a member bound for it
     */
    record UnionOptions(boolean plan9) {}
}
