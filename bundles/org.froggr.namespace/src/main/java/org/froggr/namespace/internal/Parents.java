package org.froggr.namespace.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.namespace.internal.Intent.Identity;
import org.froggr.namespace.internal.Intent.Kind;
import org.froggr.namespace.internal.Intent.Piece;
import org.froggr.namespace.internal.Intent.Role;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OwnRequest;

/**
 * Makes a directory of the union, and those above it, in a member that does not have it yet (rule 8). Used
 * inside the gates. What was made is taken back by {@link #close} unless {@link #keep} was called.
 */
final class Parents implements AutoCloseable {
    private record Made(DirectoryNode directory, Part in, FileName name) {}

    /** Null as long as nothing was made, which is as good as always. */
    private Deque<Made> made;
    private boolean kept;

    /** The directory in the member, made if need be. */
    Part in(DirectoryNode directory, Member member) throws ErrnoException {
        View view = directory.lastView();
        if (view == null || !directory.head().isOfNow(view)) {
            throw Part.Exchanged.again();
        }
        Part present = view.in(member);
        if (present != null) {
            return present;
        }
        if (directory.isRoot() || directory.name == null) {
            throw new ErrnoException(Errno.ESTALE, "union");
        }
        if (directory.head().plan9) {
            // One level deep: this is a directory of another member, and of no other.
            throw new ErrnoException(Errno.EXDEV, "union");
        }
        member.checkWritable("mkdir");
        Part above = in(directory.parent, member);
        directory.head().structure.lock();
        try {
            return make(directory, above);
        } finally {
            directory.head().structure.unlock();
        }
    }

    private Part make(DirectoryNode directory, Part above) throws ErrnoException {
        View view = directory.lastView();
        if (view.in(above.member) != null) {
            return view.in(above.member);
        }
        FileName name = FileName.of(directory.name);
        FileNode node = present(above, name);
        if (node == null) {
            node = make(directory, above, name, DirectoryShape.of(view.first().node));
            directory.parent.changed();
            made = made == null ? new ArrayDeque<>() : made;
            made.push(new Made(directory, above, name));
        }
        return directory.add(new Part(above.member, node, above.epoch, true));
    }

    private static FileNode make(DirectoryNode directory, Part above, FileName name, DirectoryShape shape)
            throws ErrnoException {
        Head head = directory.head();
        FileNode[] node = new FileNode[1];
        head.space.intents.perform(
                () -> {
                    Piece piece = new Piece(Role.MADE, above.member.bound.id(), Identity.NONE, shape);
                    return new Intent(
                            Kind.MAKE,
                            head.number,
                            Paths.of(directory.parent),
                            name,
                            List.of(),
                            null,
                            null,
                            List.of(piece));
                },
                () -> node[0] = shape.make(above.node, name, false));
        return node[0];
    }

    /** What somebody else has made meanwhile, or null. */
    private static FileNode present(Part above, FileName name) throws ErrnoException {
        Attributes out = new Attributes();
        out.clear();
        FileNode node = above.node.lookup(name, out);
        if (node != null && !out.isDirectory()) {
            node.forget(1);
            throw new ErrnoException(Errno.ENOTDIR, "mkdir");
        }
        return node;
    }

    /** What was made is needed. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        while (!kept && made != null && !made.isEmpty()) {
            Made last = made.pop();
            try {
                last.in().node.removeDirectory(last.name(), OwnRequest.SELF);
                last.directory().invalidate();
            } catch (ErrnoException e) {
                // Somebody has put something there meanwhile: it stays, empty directories hide nothing.
                kept = true;
            }
        }
    }
}
