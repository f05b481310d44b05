package org.froggr.namespace.internal;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace.UnionOptions;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeListener;

/**
 * What programs' work costs in a local tree, and in unions of such, as processor time and memory allocated by each
 * operation. Files lie in the members in turn, directories in all of them. Not a test: its main takes a directory to
 * work in, and names of rows; under {@code strace -f -c} one row and one system ({@code tree}, {@code 1}, {@code 3},
 * {@code 100}) tell the system calls.
 */
final class LocalMeasurements {
    private static final int DIRECTORIES = 20;
    private static final int FILES = 100;
    private static final int CHURN = 500;
    private static final int ROUNDS = Integer.getInteger("rounds", 15);

    /** Longer than a local tree takes to watch what is used again. */
    private static final long UNTIL_WATCHED_NANOS = 1_100_000_000L;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final TreeListener NOBODY = new TreeListener() {
        @Override
        public void entryChanged(FileNode directory, byte[] name) {}

        @Override
        public void attributesChanged(FileNode node) {}

        @Override
        public void contentsChanged(FileNode node) {}
    };

    /** What is done with a tree; answers how many operations that was. */
    @FunctionalInterface
    private interface Work {
        int on(FileTree tree) throws ErrnoException;
    }

    private record Row(String name, Work work) {}

    private record Cost(long nanos, long bytes) {}

    private final List<LocalMember> made = new ArrayList<>();
    private final Path place;
    private final Attributes out = new Attributes();

    private LocalMeasurements(Path place) {
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        LocalMeasurements all = new LocalMeasurements(Path.of(arguments[0]));
        List<String> rows = List.of(arguments).subList(1, arguments.length);
        try {
            all.print(rows, System.getProperty("systems", "tree,1,3,100").split(","));
        } finally {
            for (LocalMember member : all.made) {
                member.close();
            }
        }
    }

    private void print(List<String> wanted, String[] systems) throws Exception {
        List<FileTree> trees = new ArrayList<>();
        System.out.printf("%-22s", "ns and bytes, each");
        for (String system : systems) {
            trees.add(system.equals("tree") ? bare() : union(Integer.parseInt(system)));
            System.out.printf("%16s", system);
        }
        System.out.println();
        for (Row row : rows()) {
            if (wanted.isEmpty() || wanted.contains(row.name)) {
                print(row, trees);
            }
        }
    }

    private List<Row> rows() {
        return List.of(
                new Row("stat", tree -> stat(tree)),
                new Row("find", tree -> find(tree)),
                new Row("list", tree -> list(tree)),
                new Row("absent", tree -> absent(tree)),
                new Row("create", tree -> churn(tree, false)),
                new Row("unlink", tree -> churn(tree, true)),
                new Row("untar", tree -> untar(tree)));
    }

    private void print(Row row, List<FileTree> trees) throws ErrnoException {
        Cost[] least = new Cost[trees.size()];
        for (FileTree tree : trees) {
            row.work.on(tree);
        }
        long until = System.nanoTime() + Long.getLong("settle", UNTIL_WATCHED_NANOS);
        for (int round = 0; round < ROUNDS || System.nanoTime() < until; round++) {
            for (int i = 0; i < least.length; i++) {
                nanos = bytes = 0;
                int count = row.work.on(trees.get(i));
                Cost cost = new Cost(nanos / count, bytes / count);
                least[i] = least[i] == null || cost.nanos < least[i].nanos ? cost : least[i];
            }
        }
        System.out.printf("%-22s", row.name);
        for (Cost cost : least) {
            System.out.printf("%10d %5d", cost.nanos, cost.bytes);
        }
        System.out.println();
    }

    private long nanos;
    private long bytes;

    private void begin() {
        bytes -= THREADS.getCurrentThreadAllocatedBytes();
        nanos -= THREADS.getCurrentThreadCpuTime();
    }

    private void end() {
        nanos += THREADS.getCurrentThreadCpuTime();
        bytes += THREADS.getCurrentThreadAllocatedBytes();
    }

    private FileTree bare() throws Exception {
        LocalMember member = member();
        fill(List.of(member));
        FileTree tree = member.tree();
        tree.watch(NOBODY);
        return tree;
    }

    private LocalMember member() throws Exception {
        LocalMember member = new LocalMember(place);
        made.add(member);
        return member;
    }

    private static void fill(List<LocalMember> members) throws Exception {
        int next = 0;
        for (int d = 0; d < DIRECTORIES; d++) {
            for (LocalMember member : members) {
                Files.createDirectory(member.path.resolve("d" + d));
            }
            for (int f = 0; f < FILES; f++) {
                // Of a hundred members, all of the files are in the first
                LocalMember member = members.size() > 3 ? members.get(0) : members.get(next++ % members.size());
                Files.createFile(member.path.resolve("d" + d + "/f" + f));
            }
        }
        for (LocalMember member : members) {
            Files.createDirectory(member.path.resolve("work"));
        }
    }

    /** The first gets what is new. */
    private FileTree union(int count) throws Exception {
        List<LocalMember> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member());
        }
        fill(members);
        Space space = new Space(message -> {});
        space.listeners.add(NOBODY);
        Head head = (Head) space.open("1", new UnionOptions(false), of(0, members));
        for (int i = 1; i < count; i++) {
            head.add(of(i, members), false);
        }
        return head.files();
    }

    private static UnionMember of(int i, List<LocalMember> members) throws ErrnoException {
        return new UnionMember(i, "m" + i, members.get(i).tree(), i == 0, i == members.size() - 1, Set.of());
    }

    private FileNode lookup(FileNode in, FileName name) throws ErrnoException {
        out.clear();
        return in.lookup(name, out);
    }

    private static FileName[] names(String prefix, int count) {
        FileName[] names = new FileName[count];
        for (int i = 0; i < count; i++) {
            names[i] = FileName.of(prefix + i);
        }
        return names;
    }

    /** Each file, by a kernel that knew nothing. */
    private int stat(FileTree tree) throws ErrnoException {
        List<FileNode> known = new ArrayList<>();
        FileName[] directories = names("d", DIRECTORIES);
        FileName[] files = names("f", FILES);
        begin();
        for (FileName d : directories) {
            FileNode directory = lookup(tree.root(), d);
            known.add(directory);
            for (FileName f : files) {
                known.add(lookup(directory, f));
            }
        }
        end();
        known.forEach(node -> node.forget(1));
        return DIRECTORIES * FILES;
    }

    /** Names in each directory that are not there. */
    private int absent(FileTree tree) throws ErrnoException {
        FileName[] files = names("a", FILES);
        for (FileName d : names("d", DIRECTORIES)) {
            FileNode directory = lookup(tree.root(), d);
            begin();
            for (FileName f : files) {
                lookup(directory, f);
            }
            end();
            directory.forget(1);
        }
        return DIRECTORIES * FILES;
    }

    private static List<FileName> names(OpenDirectory open) throws ErrnoException {
        List<FileName> names = new ArrayList<>();
        open.read(0, (name, inode, type, next) -> names.add(FileName.of(name.bytes())));
        return names;
    }

    /** Listings with attributes. */
    private int find(FileTree tree) throws ErrnoException {
        List<FileNode> known = new ArrayList<>();
        FileName[] directories = names("d", DIRECTORIES);
        begin();
        for (FileName d : directories) {
            FileNode directory = lookup(tree.root(), d);
            known.add(directory);
            try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
                for (FileName f : names(open)) {
                    known.add(lookup(directory, f));
                }
            }
        }
        end();
        known.forEach(node -> node.forget(1));
        return DIRECTORIES * FILES;
    }

    private int list(FileTree tree) throws ErrnoException {
        for (FileName d : names("d", DIRECTORIES)) {
            FileNode directory = lookup(tree.root(), d);
            begin();
            try (OpenDirectory open = directory.openDirectory(TestRequester.ROOT)) {
                names(open);
            }
            end();
            directory.forget(1);
        }
        return DIRECTORIES * FILES;
    }

    /** As open(2) with O_CREAT and O_EXCL, and unlink(2); one of both counts. */
    private int churn(FileTree tree, boolean removalCounts) throws ErrnoException {
        FileNode work = lookup(tree.root(), FileName.of("work"));
        FileName[] files = names("n", CHURN);
        List<FileNode> known = new ArrayList<>();
        if (!removalCounts) {
            begin();
        }
        for (FileName f : files) {
            lookup(work, f);
            out.clear();
            CreatedFile created = work.create(f, 0201, 0100644, TestRequester.ROOT, out);
            created.file().close();
            known.add(created.node());
        }
        if (removalCounts) {
            begin();
        } else {
            end();
        }
        for (FileName f : files) {
            work.unlink(f, TestRequester.ROOT);
        }
        if (removalCounts) {
            end();
        }
        known.forEach(node -> node.forget(1));
        work.forget(1);
        return CHURN;
    }

    /** Directories of ten files each, with times. */
    private int untar(FileTree tree) throws ErrnoException {
        FileNode work = lookup(tree.root(), FileName.of("work"));
        FileName[] files = names("n", 10);
        FileName[] directories = names("e", CHURN / 10);
        List<FileNode> known = new ArrayList<>();
        AttributeChanges times = new AttributeChanges();
        times.what = AttributeChanges.MODIFY_TIME;
        times.modifySeconds = 1;
        for (FileName d : directories) {
            begin();
            lookup(work, d);
            out.clear();
            FileNode directory = work.makeDirectory(d, 0755, TestRequester.ROOT, out);
            for (FileName f : files) {
                lookup(directory, f);
                out.clear();
                CreatedFile created = directory.create(f, 0201, 0100644, TestRequester.ROOT, out);
                created.file().change(times, TestRequester.ROOT, out);
                created.file().close();
                known.add(created.node());
            }
            end();
            for (FileName f : files) {
                directory.unlink(f, TestRequester.ROOT);
            }
            work.removeDirectory(d, TestRequester.ROOT);
            known.add(directory);
        }
        known.forEach(node -> node.forget(1));
        work.forget(1);
        return CHURN;
    }
}
