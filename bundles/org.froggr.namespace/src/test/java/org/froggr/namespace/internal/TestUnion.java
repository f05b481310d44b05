package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TreeUser;

/** A union of trees in memory, and somebody who uses it. */
final class TestUnion implements AutoCloseable {
    final List<String> said = new ArrayList<>();
    final Space space = new Space(message -> {
        synchronized (this) {
            said.add(message);
        }
    });
    final Head head;
    final TreeUser user;
    private final List<MemoryTree> trees = new ArrayList<>();
    private long nextId = 1;

    /** With this original. */
    TestUnion(MemoryTree original) throws ErrnoException {
        this(original, false, Set.of());
    }

    TestUnion(MemoryTree original, boolean plan9, Set<String> flags) throws ErrnoException {
        trees.add(original);
        head = (Head) space.open(
                "1", new UnionOptions(plan9), new UnionMember(nextId++, "T", original, false, true, flags));
        user = new TreeUser(head.files());
    }

    /** Binds before what is there. */
    long before(MemoryTree tree, String... flags) throws ErrnoException {
        return add(tree, true, flags);
    }

    /** Binds after what is there. */
    long after(MemoryTree tree, String... flags) throws ErrnoException {
        return add(tree, false, flags);
    }

    private long add(MemoryTree tree, boolean before, String... flags) throws ErrnoException {
        Set<String> all = Set.of(flags);
        trees.add(tree);
        head.add(
                new UnionMember(nextId, label(before), tree, all.contains("c"), false, without(all, "c")), before);
        return nextId++;
    }

    private String label(boolean before) {
        return (before ? "before" : "after") + nextId;
    }

    private static Set<String> without(Set<String> all, String one) {
        Set<String> rest = new HashSet<>(all);
        rest.remove(one);
        return rest;
    }

    /** A tree with these files, {@code "d/"} for a directory and {@code "f=content"} for a file. */
    static MemoryTree tree(String... files) throws ErrnoException {
        MemoryTree tree = new MemoryTree();
        fill(tree, files);
        return tree;
    }

    static void fill(FileTree tree, String... files) throws ErrnoException {
        TreeUser user = new TreeUser(tree);
        for (String file : files) {
            if (file.endsWith("/")) {
                user.mkdir(file.substring(0, file.length() - 1));
            } else {
                int equals = file.indexOf('=');
                user.write(file.substring(0, equals), file.substring(equals + 1));
            }
        }
        user.forgetAll();
    }

    void alsoCheck(MemoryTree tree) {
        trees.add(tree);
    }

    /** Nothing is in use any more that only this user used. */
    void assertNothingLeft() {
        user.forgetAll();
        assertEquals(0, head.table.size(), "nodes");
        for (MemoryTree tree : trees) {
            assertEquals(0, tree.lookups(), "look-ups");
            assertEquals(0, tree.handles(), "open files");
        }
    }

    @Override
    public void close() {
        space.close();
    }
}
