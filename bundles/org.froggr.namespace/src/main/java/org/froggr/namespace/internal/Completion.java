package org.froggr.namespace.internal;

import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.namespace.internal.Intent.Identity;
import org.froggr.namespace.internal.Intent.Piece;
import org.froggr.namespace.internal.Intent.Role;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OwnRequest;

/**
 * Finishes a change that the last process left half done, or undoes it if it cannot be finished. What was done is
 * seen from which file has which name; a file that has neither was moved by somebody else, and is let alone.
 * Inside the gates of all members, under the lock of the union's structure.
 */
final class Completion {
    // linux/fs.h
    private static final int NOREPLACE = 1;
    private static final int EXCHANGE = 2;

    private final Members members;
    private final Intent intent;

    Completion(Members members, Intent intent) {
        this.members = members;
        this.intent = intent;
    }

    /** A directory in a member. */
    private record Place(FileTree tree, FileNode node) implements AutoCloseable {
        @Override
        public void close() {
            if (node != null && node != tree.root()) {
                node.forget(1);
            }
        }
    }

    /** Does the steps that were not done. */
    void finish() throws ErrnoException {
        switch (intent.kind()) {
            case RENAME -> {
                renameAll();
                removeAll(intent.to(), intent.newName(), true);
            }
            case REMOVE -> removeAll(intent.from(), intent.name(), false);
            case COVER -> cover();
            case MAKE -> shape();
        }
    }

    /** Takes the steps back that were done. */
    void undo() throws ErrnoException {
        switch (intent.kind()) {
            case RENAME -> {
                renameBack();
                makeAll(intent.to(), intent.newName());
            }
            case REMOVE -> makeAll(intent.from(), intent.name());
            case COVER -> uncover();
            case MAKE -> {
                // An empty directory hides nothing
            }
        }
    }

    private void renameAll() throws ErrnoException {
        for (Piece source : intent.pieces(Role.SOURCE)) {
            if (hasNewName(source) || !hasName(source)) {
                continue;
            }
            checkReplaceable(source.member());
            rename(source.member(), intent.from(), intent.name(), intent.to(), intent.newName(), 0);
        }
    }

    /** Nothing but the directory that was to go may be replaced. */
    private void checkReplaceable(long member) throws ErrnoException {
        Piece target = intent.piece(Role.TARGET, member);
        if (present(member, intent.to(), intent.newName()) && (target == null || !hasNewName(target))) {
            throw new ErrnoException(Errno.EEXIST, "rename");
        }
    }

    private void renameBack() throws ErrnoException {
        List<Piece> sources = intent.pieces(Role.SOURCE);
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (hasNewName(sources.get(i))) {
                rename(
                        sources.get(i).member(),
                        intent.to(),
                        intent.newName(),
                        intent.from(),
                        intent.name(),
                        NOREPLACE);
            }
        }
    }

    /** Removes the directories that are to go, last to first, but those that a rename has replaced. */
    private void removeAll(List<byte[]> path, FileName name, boolean renamed) throws ErrnoException {
        List<Piece> targets = intent.pieces(Role.TARGET);
        for (int i = targets.size() - 1; i >= 0; i--) {
            Piece target = targets.get(i);
            boolean replaced = renamed && intent.piece(Role.SOURCE, target.member()) != null;
            if (!replaced && has(target.member(), path, name, target.file())) {
                try (Place in = at(target.member(), path)) {
                    in.node().removeDirectory(name, OwnRequest.SELF);
                }
            }
        }
    }

    private void makeAll(List<byte[]> path, FileName name) throws ErrnoException {
        for (Piece target : intent.pieces(Role.TARGET)) {
            if (!present(target.member(), path, name)) {
                try (Place in = at(target.member(), path)) {
                    target.shape().make(in.node(), name, true).forget(1);
                }
            }
        }
    }

    /** The steps of {@link CoveringRename}. */
    private void cover() throws ErrnoException {
        Piece source = intent.pieces(Role.SOURCE).get(0);
        if (!hasNewName(source)) {
            giveNewName(source);
        }
        List<Piece> earlier = intent.pieces(Role.EARLIER);
        for (Piece piece : earlier.subList(1, earlier.size())) {
            if (hasNewName(piece)) {
                rename(piece.member(), intent.to(), intent.newName(), intent.to(), intent.hidden(), NOREPLACE);
            }
        }
        unlink(earlier.get(0), intent.to(), intent.newName());
        for (Piece piece : earlier.subList(1, earlier.size())) {
            unlink(piece, intent.to(), intent.hidden());
        }
        for (Piece replaced : intent.pieces(Role.REPLACED)) {
            unlink(replaced, intent.from(), intent.name());
        }
    }

    private void giveNewName(Piece source) throws ErrnoException {
        if (!hasName(source)) {
            throw new ErrnoException(Errno.ENOENT, "rename");
        }
        Piece replaced = intent.piece(Role.REPLACED, source.member());
        if (replaced != null && hasNewName(replaced)) {
            try {
                rename(source.member(), intent.from(), intent.name(), intent.to(), intent.newName(), EXCHANGE);
            } catch (ErrnoException e) {
                if (!e.is(Errno.EINVAL) && !e.is(Errno.EOPNOTSUPP)) {
                    throw e;
                }
                rename(source.member(), intent.from(), intent.name(), intent.to(), intent.newName(), 0);
            }
        } else {
            rename(source.member(), intent.from(), intent.name(), intent.to(), intent.newName(), NOREPLACE);
        }
    }

    private void uncover() throws ErrnoException {
        Piece source = intent.pieces(Role.SOURCE).get(0);
        List<Piece> earlier = intent.pieces(Role.EARLIER);
        if (!hasNewName(earlier.get(0))) {
            return;
        }
        for (Piece piece : earlier.subList(1, earlier.size())) {
            if (has(piece.member(), intent.to(), intent.hidden(), piece.file())) {
                rename(piece.member(), intent.to(), intent.hidden(), intent.to(), intent.newName(), NOREPLACE);
            }
        }
        Piece replaced = intent.piece(Role.REPLACED, source.member());
        boolean exchanged = replaced != null && hasName(replaced);
        if (hasNewName(source) && !hasName(source)) {
            int flags = exchanged ? EXCHANGE : NOREPLACE;
            rename(source.member(), intent.to(), intent.newName(), intent.from(), intent.name(), flags);
        }
    }

    private void shape() throws ErrnoException {
        Piece made = intent.pieces(Role.MADE).get(0);
        Attributes out = new Attributes();
        try (Place in = find(made.member(), intent.from())) {
            FileNode node = in.node() == null ? null : lookup(in.node(), intent.name(), out);
            if (node != null) {
                try {
                    if (out.isDirectory()) {
                        made.shape().apply(node, out, false);
                    }
                } finally {
                    node.forget(1);
                }
            }
        }
    }

    // Names

    private boolean hasName(Piece piece) throws ErrnoException {
        return has(piece.member(), intent.from(), intent.name(), piece.file());
    }

    private boolean hasNewName(Piece piece) throws ErrnoException {
        return has(piece.member(), intent.to(), intent.newName(), piece.file());
    }

    private boolean present(long member, List<byte[]> path, FileName name) throws ErrnoException {
        return has(member, path, name, null);
    }

    /** @param file null for any */
    private boolean has(long member, List<byte[]> path, FileName name, Identity file) throws ErrnoException {
        Attributes out = new Attributes();
        try (Place in = find(member, path)) {
            FileNode found = in.node() == null ? null : lookup(in.node(), name, out);
            if (found == null) {
                return false;
            }
            found.forget(1);
            return file == null || file.equals(new Identity(out.device, out.inode, out.generation));
        }
    }

    private static FileNode lookup(FileNode in, FileName name, Attributes out) throws ErrnoException {
        out.clear();
        return in.lookup(name, out);
    }

    private void unlink(Piece piece, List<byte[]> path, FileName name) throws ErrnoException {
        if (has(piece.member(), path, name, piece.file())) {
            try (Place in = at(piece.member(), path)) {
                in.node().unlink(name, OwnRequest.SELF);
            }
        }
    }

    private void rename(
            long member, List<byte[]> from, FileName name, List<byte[]> to, FileName newName, int flags)
            throws ErrnoException {
        try (Place in = at(member, from);
                Place there = at(member, to)) {
            in.node().rename(name, there.node(), newName, flags, OwnRequest.SELF);
        }
    }

    private Place at(long member, List<byte[]> path) throws ErrnoException {
        Place found = find(member, path);
        if (found.node() == null) {
            throw new ErrnoException(Errno.ENOENT, "walk");
        }
        return found;
    }

    private Place find(long member, List<byte[]> path) throws ErrnoException {
        FileTree tree = members.find(member).tree();
        return new Place(tree, Paths.walk(tree, path, new Attributes()));
    }
}
