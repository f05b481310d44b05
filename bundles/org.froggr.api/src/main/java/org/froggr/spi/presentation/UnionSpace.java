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

    /** Takes all unions out. */
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
