package org.froggr.namespace.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/** Finds a file of a union again in a member's tree, by its names. */
final class Paths {
    private Paths() {}

    /**
     * The names from the root of the union to a node.
     *
     * @throws ErrnoException ESTALE if it has lost its name, or one above it has
     */
    static List<byte[]> of(UnionNode node) throws ErrnoException {
        List<byte[]> names = namesOrNull(node);
        if (names == null) {
            throw new ErrnoException(Errno.ESTALE, "union (a file without a name)");
        }
        return names;
    }

    private static List<byte[]> namesOrNull(UnionNode node) {
        Deque<byte[]> names = new ArrayDeque<>();
        UnionNode at = node;
        while (at.parent != null) {
            byte[] name = at.name;
            if (name == null) {
                return null;
            }
            names.addFirst(name);
            at = at.parent;
        }
        return new ArrayList<>(names);
    }

    /**
     * Walks down a tree.
     *
     * @return the node, looked up once unless it is the root; null if it is not there
     */
    static FileNode walk(FileTree tree, List<byte[]> names, Attributes out) throws ErrnoException {
        FileNode at = tree.root();
        out.clear();
        if (names.isEmpty()) {
            at.attributes(out);
        }
        for (byte[] name : names) {
            FileNode above = at;
            out.clear();
            try {
                at = above.lookup(FileName.of(name), out);
            } finally {
                if (above != tree.root()) {
                    above.forget(1);
                }
            }
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /**
     * Finds a file of a member's present tree in another one, by its names.
     *
     * @param node what is known to be the file in the present tree
     * @return the node in the other tree, looked up once unless it is the root; null if the file has no name in the
     *     present one
     * @throws ErrnoException ESTALE if the other tree does not have it
     */
    static FileNode findAgain(UnionNode file, FileNode node, FileTree present, FileTree other, Attributes out)
            throws ErrnoException {
        List<byte[]> names = namesOrNull(file);
        if (names == null || isAnother(node, present, names)) {
            return null;
        }
        FileNode found = walk(other, names, out);
        if (found == null) {
            throw new ErrnoException(Errno.ESTALE, "reopen");
        }
        return found;
    }

    /** A tree that does not answer any more cannot say so. */
    private static boolean isAnother(FileNode node, FileTree tree, List<byte[]> names) {
        try {
            FileNode now = walk(tree, names, new Attributes());
            if (now != null && now != tree.root()) {
                now.forget(1);
            }
            return now != node;
        } catch (ErrnoException | RuntimeException | LinkageError e) {
            return false;
        }
    }
}
