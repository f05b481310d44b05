package org.froggr.fuse.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;

/**
 * Finds the nodes in the tree that the kernel knows from another process, each when it is first used: by its
 * persistent handle, else by its name from the nearest directory on that is known. What cannot be found is ESTALE,
 * for itself alone; the kernel then looks the path up anew where there is one.
 */
final class Resolver {
    /** Directories within each other; PATH_MAX has room for half as many. */
    private static final int MOST_LEVELS = 4096;

    private record Step(long id, byte[] name) {}

    private final FileTree tree;
    private final NodeTable nodes;
    private final NameChanges changes;

    Resolver(FileTree tree, NodeTable nodes, NameChanges changes) {
        this.tree = tree;
        this.nodes = nodes;
        this.changes = changes;
    }

    /** The node of that id; ESTALE if the kernel does not know it, or it cannot be found. */
    FileNode find(long id) throws ErrnoException {
        if (nodes.missing() == 0) {
            throw stale();
        }
        NameChanges.Section following = changes.follow();
        try {
            Deque<Step> steps = new ArrayDeque<>();
            FileNode node = start(id, steps);
            while (!steps.isEmpty()) {
                Step step = steps.pop();
                node = bringIn(step.id, lookUp(node, step.name));
            }
            return node;
        } finally {
            following.close();
        }
    }

    /** Goes up to what is known, and notes the way down. */
    private FileNode start(long id, Deque<Step> steps) throws ErrnoException {
        long at = id;
        while (true) {
            FileNode known = nodes.get(at);
            if (known != null) {
                return known;
            }
            KeptNodes.Whereabouts where = nodes.names().whereabouts(at);
            if (where == null || steps.size() > MOST_LEVELS) {
                throw stale();
            }
            FileNode found = where.handle() == null ? null : tree.find(where.handle());
            if (found != null) {
                return bringIn(at, found);
            }
            if (where.name() == null) {
                throw stale();
            }
            steps.push(new Step(at, where.name()));
            at = where.directory();
        }
    }

    private static FileNode lookUp(FileNode directory, byte[] name) throws ErrnoException {
        FileNode found;
        try {
            found = directory.lookup(FileName.of(name), new Attributes());
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) ? stale() : e;
        }
        if (found == null) {
            throw stale();
        }
        return found;
    }

    private FileNode bringIn(long id, FileNode found) throws ErrnoException {
        if (!nodes.found(id, found)) {
            found.forget(1);
        }
        FileNode node = nodes.get(id);
        if (node == null) {
            throw stale();
        }
        return node;
    }

    private static ErrnoException stale() {
        return new ErrnoException(Errno.ESTALE, "node");
    }
}
