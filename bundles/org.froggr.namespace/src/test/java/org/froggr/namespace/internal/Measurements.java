package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;
import org.froggr.spi.tree.TreeUser;

/**
 * What a union costs above a tree in memory, which itself costs next to nothing. Not a test: run its main with
 * the test class path.
 */
final class Measurements {
    private static final int ROUNDS = 9;
    private static final int CALLS = 200_000;
    private static final FileName FIRST = FileName.of("first");
    private static final FileName LAST = FileName.of("last");
    private static final FileName NONE = FileName.of("none");
    private static final FileName DIRECTORY = FileName.of("d");

    /** What is measured. */
    @FunctionalInterface
    private interface Call {
        void run() throws ErrnoException;
    }

    private Measurements() {}

    public static void main(String[] arguments) throws Exception {
        FileTree bare = tree("first=1", "last=1", "d/", "d/first=1");
        List<FileTree> trees = new ArrayList<>(List.of(bare));
        List<String> labels = new ArrayList<>(List.of("tree"));
        for (int count : new int[] {1, 3, 100}) {
            trees.add(union(count).files());
            labels.add("of " + count);
        }
        System.out.printf("%-34s", "nanoseconds a call, medians");
        labels.forEach(label -> System.out.printf("%10s", label));
        System.out.println();
        print("look up what nobody knows yet", trees, tree -> firstLookup(tree.root(), FIRST));
        print("look up, in the first member", trees, tree -> lookup(tree.root(), FIRST));
        print("look up, in the last member", trees, tree -> lookup(tree.root(), LAST));
        print("look up, in none", trees, tree -> lookup(tree.root(), NONE));
        print("look up a directory of all", trees, tree -> lookup(tree.root(), DIRECTORY));
        print("look up in a directory of all", trees, tree -> {
            FileNode directory = tree.root().lookup(DIRECTORY, new Attributes());
            return lookup(directory, FIRST);
        });
        print("attributes of a file", trees, tree -> {
            FileNode file = tree.root().lookup(FIRST, new Attributes());
            return () -> file.attributes(new Attributes());
        });
        print("create and remove", trees, tree -> () -> {
            FileNode made = tree.root().makeNode(NONE, 0100644, 0, TestRequester.ROOT, new Attributes());
            made.forget(1);
            tree.root().unlink(NONE, TestRequester.ROOT);
        });
        wideDirectory();
        manyKnown();
        memory();
    }

    private static MemoryTree tree(String... files) throws ErrnoException {
        MemoryTree tree = new MemoryTree();
        tree.validity(3_600_000);
        TestUnion.fill(tree, files);
        return tree;
    }

    /** The first has a name that the others do not have, the last one another. */
    private static Head union(int count) throws ErrnoException {
        Space space = new Space(message -> {});
        Head head = null;
        for (int i = 0; i < count; i++) {
            MemoryTree tree = tree("d/", "d/first=1");
            if (i == 0) {
                TestUnion.fill(tree, "first=1");
            }
            if (i == count - 1) {
                TestUnion.fill(tree, "last=1");
            }
            UnionMember member = new UnionMember(i, "m" + i, tree, i == 0, i == 0, Set.of());
            if (head == null) {
                head = (Head) space.open("1", new UnionOptions(false), member);
            } else {
                head.add(member, false);
            }
        }
        return head;
    }

    /** Of a name that somebody knows, as the kernel does when it asks again. */
    private static Call lookup(FileNode directory, FileName name) throws ErrnoException {
        directory.lookup(name, new Attributes());
        return firstLookup(directory, name);
    }

    private static Call firstLookup(FileNode directory, FileName name) {
        Attributes out = new Attributes();
        return () -> {
            out.clear();
            FileNode found = directory.lookup(name, out);
            if (found != null) {
                found.forget(1);
            }
        };
    }

    /** Makes a call for a tree. */
    @FunctionalInterface
    private interface Maker {
        Call of(FileTree tree) throws ErrnoException;
    }

    private static void print(String label, List<FileTree> trees, Maker maker) throws ErrnoException {
        System.out.printf("%-34s", label);
        List<Call> calls = new ArrayList<>();
        for (FileTree tree : trees) {
            calls.add(maker.of(tree));
        }
        long[][] nanos = new long[trees.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < calls.size(); i++) {
                nanos[i][round] = time(calls.get(i));
            }
        }
        for (long[] rounds : nanos) {
            Arrays.sort(rounds);
            System.out.printf("%10.0f", rounds[ROUNDS / 2] / (double) CALLS);
        }
        System.out.println();
    }

    private static long time(Call call) throws ErrnoException {
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return System.nanoTime() - begin;
    }

    private static void wideDirectory() throws Exception {
        MemoryTree wide = new MemoryTree();
        TreeUser filler = new TreeUser(wide);
        for (int i = 0; i < 200_000; i++) {
            filler.mknod("name" + i, 0100644);
        }
        filler.forgetAll();
        Head head = union(1);
        head.add(new UnionMember(7, "wide", wide, false, false, Set.of()), true);
        head.add(new UnionMember(8, "wide again", wide, false, false, Set.of()), false);
        long best = Long.MAX_VALUE;
        int count = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            count = new TreeUser(head.files()).list("").size();
            best = Math.min(best, System.nanoTime() - begin);
        }
        System.out.printf("list 200,000 names that two of three members have (%d): %d ms%n", count, best / 1_000_000);
    }

    /** Until all has been told that a kernel which knows 50,000 files must forget. */
    private static void manyKnown() throws Exception {
        MemoryTree tree = new MemoryTree();
        TreeUser filler = new TreeUser(tree);
        for (int d = 0; d < 500; d++) {
            filler.mkdir("d" + d);
            for (int i = 0; i < 100; i++) {
                filler.mknod("d" + d + "/f" + i, 0100644);
            }
        }
        filler.forgetAll();
        Head head = union(1);
        int[] told = new int[1];
        head.space.listeners.add(new TreeListener() {
            @Override
            public void entryChanged(FileNode directory, byte[] name) {
                told[0]++;
            }

            @Override
            public void attributesChanged(FileNode node) {
                told[0]++;
            }

            @Override
            public void contentsChanged(FileNode node) {
                told[0]++;
            }
        });
        head.add(new UnionMember(7, "many", tree, false, false, Set.of()), false);
        TreeUser user = new TreeUser(head.files());
        for (int d = 0; d < 500; d++) {
            for (int i = 0; i < 100; i++) {
                user.stat("d" + d + "/f" + i);
            }
        }
        for (String what : List.of("add one with all of them first", "take it away", "reverse the order")) {
            told[0] = 0;
            long begin = System.nanoTime();
            switch (what.charAt(0)) {
                case 'a' -> head.add(new UnionMember(8, "copy", tree, false, false, Set.of()), true);
                case 't' -> head.remove(8, false);
                default -> head.reorder(List.of(7L, 0L));
            }
            System.out.printf(
                    "with %d known nodes, %s: %d ms, %d told of%n",
                    head.table.size(), what, (System.nanoTime() - begin) / 1_000_000, told[0]);
        }
        user.forgetAll();
    }

    /** What a known file takes in the union alone. */
    private static void memory() throws Exception {
        MemoryTree tree = new MemoryTree();
        TreeUser filler = new TreeUser(tree);
        int count = 200_000;
        FileName[] names = new FileName[count];
        for (int i = 0; i < count; i++) {
            filler.mknod("f" + i, 0100644);
            names[i] = FileName.of("f" + i);
        }
        filler.forgetAll();
        Head head = (Head) new Space(message -> {})
                .open("1", new UnionOptions(false), new UnionMember(1, "m", tree, true, true, Set.of()));
        FileNode[] known = new FileNode[count];
        Attributes out = new Attributes();
        for (FileName name : names) {
            tree.root().lookup(name, out);
        }
        long before = used();
        for (int i = 0; i < count; i++) {
            known[i] = head.root().lookup(names[i], out);
        }
        long after = used();
        System.out.printf(
                "a known file in the union, without its name and the member's node: %d bytes (%d known)%n",
                (after - before) / count, known.length);
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
