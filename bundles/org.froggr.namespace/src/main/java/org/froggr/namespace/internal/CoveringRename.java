package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.Requester;

/**
 * Renames a file of one member to a name that earlier members have: theirs are removed, so that the new name
 * shows the renamed file. Inside the gates.
 *
 * <p>Invariant: the new name always shows a whole file, the old one or the renamed one; until the last step
 * nothing is lost that was there before.
 *
 * <ol>
 *   <li>Give the file its new name in its own member. If that member has a file of the new name, the two
 *       exchange names.
 *   <li>Hide the files of the earlier members but the first, under a name of their own, each in its directory.
 *   <li>Remove the file of the first member: the new name shows the renamed file.
 *   <li>Remove what was hidden, and what had the new name in the member itself.
 * </ol>
 *
 * <p>A failure up to step 3 undoes steps 2 and 1; one in step 4 leaves a file that nobody sees by the new name.
 */
final class CoveringRename {
    // linux/fs.h
    private static final int NOREPLACE = 1;
    private static final int EXCHANGE = 2;

    private final Search.Match source;
    private final FileName name;
    private final Part to;
    private final FileName newName;
    private final Search.Match replaced;
    private final List<Search.Match> earlier;
    private final FileName hidden;
    private final List<Search.Match> hiddenSoFar = new ArrayList<>();
    private final Requester by;

    /** @param replaced what has the new name in the member itself, or null */
    CoveringRename(
            Search.Match source,
            FileName name,
            Part to,
            FileName newName,
            Search.Match replaced,
            List<Search.Match> earlier,
            Requester by) {
        this.source = source;
        this.name = name;
        this.to = to;
        this.newName = newName;
        this.replaced = replaced;
        this.earlier = earlier;
        this.by = by;
        hidden = FileName.of(".froggr-" + Long.toHexString(System.nanoTime()) + "-replaced");
    }

    /** What is noted of it. */
    Intent intent(DirectoryNode from, DirectoryNode toDirectory) throws ErrnoException {
        List<Intent.Piece> pieces = new ArrayList<>();
        pieces.add(Intent.Piece.of(Intent.Role.SOURCE, source));
        for (Search.Match match : earlier) {
            pieces.add(Intent.Piece.of(Intent.Role.EARLIER, match));
        }
        if (replaced != null) {
            pieces.add(Intent.Piece.of(Intent.Role.REPLACED, replaced));
        }
        return new Intent(
                Intent.Kind.COVER,
                from.head().number,
                Paths.of(from),
                name,
                Paths.of(toDirectory),
                newName,
                hidden,
                pieces);
    }

    void perform() throws ErrnoException {
        boolean keepsOldName = replaced != null && exchange();
        if (!keepsOldName) {
            source.part.node.rename(name, to.node, newName, replaced == null ? NOREPLACE : 0, by);
        }
        try {
            for (Search.Match match : earlier.subList(1, earlier.size())) {
                match.part.node.rename(newName, match.part.node, hidden, NOREPLACE, by);
                hiddenSoFar.add(match);
            }
            earlier.get(0).part.node.unlink(newName, by);
        } catch (ErrnoException | RuntimeException e) {
            undo(e, keepsOldName);
            throw e;
        }
        for (Search.Match match : hiddenSoFar) {
            match.part.node.unlink(hidden, by);
        }
        if (keepsOldName) {
            source.part.node.unlink(name, by);
        }
    }

    /** @return whether something has the old name still; false if the member cannot exchange names */
    private boolean exchange() throws ErrnoException {
        if (isOneFile()) {
            return true;
        }
        try {
            source.part.node.rename(name, to.node, newName, EXCHANGE, by);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw e;
        }
    }

    /** Two names of one file: a rename does nothing (rename(2)). */
    private boolean isOneFile() {
        return replaced != null && replaced.node == source.node;
    }

    private void undo(Exception cause, boolean exchanged) {
        try {
            for (Search.Match match : hiddenSoFar) {
                match.part.node.rename(hidden, match.part.node, newName, NOREPLACE, by);
            }
            if (!isOneFile()) {
                to.node.rename(newName, source.part.node, name, exchanged ? EXCHANGE : NOREPLACE, by);
            }
        } catch (ErrnoException | RuntimeException e) {
            cause.addSuppressed(e);
            source.member().head.say(source.member().bound.label() + ": the rename of " + name + " to " + newName
                    + " could not be undone: " + e.getMessage());
        }
    }
}
