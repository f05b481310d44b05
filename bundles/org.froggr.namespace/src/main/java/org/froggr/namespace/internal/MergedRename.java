package org.froggr.namespace.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.Requester;

/**
 * Renames a directory in each member that has it. Under the lock of the union's structure, inside the gates.
 *
 * <p>Invariant: every file below is shown by the old name or by the new one; those whose member was done by
 * the new one.
 *
 * <ol>
 *   <li>From the first member to the last: note the shape of the empty directory that has the new name, if the
 *       member has one; rename.
 *   <li>Remove the empty directories that have the new name in the other members, last to first.
 *   <li>If one of these failed: make again what step 2 removed, rename back in reverse order, and make again
 *       what step 1 replaced.
 * </ol>
 */
final class MergedRename {
    private record Done(Search.Match source, Part to, DirectoryShape replaced) {}

    private final List<Search.Match> sources;
    private final FileName name;
    private final List<Part> parts;
    private final FileName newName;
    private final List<Search.Match> targets;
    private final int flags;
    private final Requester by;
    private final Deque<Done> done = new ArrayDeque<>();

    /**
     * @param parts where to, for each of the sources
     * @param targets empty directories that have the new name
     */
    MergedRename(
            List<Search.Match> sources,
            FileName name,
            List<Part> parts,
            FileName newName,
            List<Search.Match> targets,
            int flags,
            Requester by) {
        this.sources = sources;
        this.name = name;
        this.parts = parts;
        this.newName = newName;
        this.targets = targets;
        this.flags = flags;
        this.by = by;
    }

    /** What is noted of it. */
    Intent intent(DirectoryNode from, DirectoryNode to) throws ErrnoException {
        List<Intent.Piece> pieces = MergedRemoval.pieces(targets);
        for (Search.Match source : sources) {
            pieces.add(Intent.Piece.of(Intent.Role.SOURCE, source));
        }
        return new Intent(
                Intent.Kind.RENAME, from.head().number, Paths.of(from), name, Paths.of(to), newName, null, pieces);
    }

    /** Whether one member does all of it, at once. */
    boolean isOneStep() {
        return sources.size() == 1
                && targets.stream().allMatch(target -> target.member() == sources.get(0).member());
    }

    void perform() throws ErrnoException {
        List<Search.Match> others = new ArrayList<>(targets);
        try {
            for (int i = 0; i < sources.size(); i++) {
                rename(sources.get(i), parts.get(i), others);
            }
            if (!others.isEmpty()) {
                new MergedRemoval(others, newName, by).perform();
            }
        } catch (ErrnoException | RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    private void rename(Search.Match source, Part to, List<Search.Match> others) throws ErrnoException {
        DirectoryShape replaced = null;
        for (Search.Match target : targets) {
            if (target.member() == source.member()) {
                replaced = DirectoryShape.of(target.node);
                others.remove(target);
            }
        }
        source.part.node.rename(name, to.node, newName, flags, by);
        done.push(new Done(source, to, replaced));
    }

    private void undo(Exception cause) {
        while (!done.isEmpty()) {
            Done one = done.pop();
            try {
                one.to().node.rename(newName, one.source().part.node, name, 0, by);
                if (one.replaced() != null) {
                    one.replaced().make(one.to().node, newName, true).forget(1);
                }
            } catch (ErrnoException | RuntimeException e) {
                cause.addSuppressed(e);
                one.source().member().head.say(one.source().member().bound.label() + ": the rename of " + name
                        + " to " + newName + " could not be undone: " + e.getMessage());
            }
        }
    }
}
