package org.froggr.namespace.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.Requester;

/**
 * Removes a directory that several members have, when it is empty in all of them. Under the lock of the
 * union's structure, inside the gates.
 *
 * <p>Invariant: of the directories, those before {@code next} are there, those from it on are gone and their
 * shape is known. So the first one, whose attributes the union shows, goes last.
 *
 * <ol>
 *   <li>From the last member to the first: note the shape, remove. A member that has put something into it
 *       meanwhile, or refuses, ends this.
 *   <li>If that happened: make those that are gone again, with mode, owner, ACLs and times.
 * </ol>
 */
final class MergedRemoval {
    private record Gone(Search.Match match, DirectoryShape shape) {}

    private final List<Search.Match> directories;
    private final FileName name;
    private final Requester by;
    private final Deque<Gone> gone = new ArrayDeque<>();

    MergedRemoval(List<Search.Match> directories, FileName name, Requester by) {
        this.directories = directories;
        this.name = name;
        this.by = by;
    }

    /** What is noted of it. */
    static Intent intent(DirectoryNode in, FileName name, List<Search.Match> directories) throws ErrnoException {
        List<Intent.Piece> pieces = pieces(directories);
        return new Intent(
                Intent.Kind.REMOVE, in.head().number, Paths.of(in), name, List.of(), null, null, pieces);
    }

    /** Those of directories that go, from which they can be made again. */
    static List<Intent.Piece> pieces(List<Search.Match> directories) throws ErrnoException {
        List<Intent.Piece> pieces = new ArrayList<>();
        for (Search.Match match : directories) {
            DirectoryShape shape = DirectoryShape.of(match.node);
            pieces.add(new Intent.Piece(
                    Intent.Role.TARGET, match.member().bound.id(), match.identity, shape));
        }
        return pieces;
    }

    void perform() throws ErrnoException {
        try {
            for (int next = directories.size() - 1; next >= 0; next--) {
                remove(directories.get(next));
            }
        } catch (ErrnoException | RuntimeException e) {
            restore(e);
            throw e;
        }
    }

    private void remove(Search.Match match) throws ErrnoException {
        DirectoryShape shape = DirectoryShape.of(match.node);
        try {
            match.part.node.removeDirectory(name, by);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            // Somebody else removed it.
            return;
        }
        gone.push(new Gone(match, shape));
    }

    /** Makes again what was removed. */
    void restore(Exception cause) {
        while (!gone.isEmpty()) {
            Gone one = gone.pop();
            try {
                one.shape().make(one.match().part.node, name, true).forget(1);
            } catch (ErrnoException | RuntimeException e) {
                cause.addSuppressed(e);
                one.match().member().head.say(one.match().member().bound.label()
                        + ": the directory " + name + " could not be made again: " + e.getMessage());
            }
        }
    }
}
