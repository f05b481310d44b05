package org.froggr.backend.local.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;

/**
 * Prints what operations cost, in nanoseconds of the processor, and nodes, in bytes. Not a test: see the
 * README.
 */
final class Measure {
    private static final int WARM_UP = 5_000;
    private static final int SERIES = 5;
    private static final int NODES = 200_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final TestRequester ROOT = TestRequester.ROOT;

    private Measure() {}

    public static void main(String[] args) throws Exception {
        try (Playground playground = new Playground(Path.of(args[0]))) {
            operations(playground.tree(), playground.user());
            playground.user().forgetAll();
        }
        try (Playground playground = new Playground(Path.of(args[0]))) {
            nodes(playground);
        }
    }

    private static void operations(LocalTree tree, TreeUser user) throws Exception {
        Attributes out = new Attributes();
        FileNode root = tree.root();
        user.mkdir("d");
        user.write("d/f", "x".repeat(4096));
        FileNode directory = user.node("d");
        FileNode file = user.node("d/f");
        FileName name = TreeUser.name("f");
        FileName fresh = TreeUser.name("fresh");
        FileName other = TreeUser.name("other");
        IoBuffer buffer = Native.of(4096);
        IoBuffer large = Native.of(1 << 20);
        TestRequester somebody = new TestRequester(1000, 1000, 022);

        print("getattr of a file", () -> file.attributes(out));
        print("getattr of a directory", () -> directory.attributes(out));
        print("lookup and forget", () -> directory.lookup(name, out).forget(1));
        print("lookup of nothing", () -> directory.lookup(fresh, out));
        print("open and close", () -> file.open(0, ROOT).close());
        try (OpenFile open = file.open(TreeUser.O_RDWR, ROOT)) {
            print("read 4 KiB", () -> open.read(0, buffer));
            print("write 4 KiB", () -> open.write(0, buffer, false, ROOT));
            print("write 4 KiB, clearing set ids", () -> open.write(0, buffer, true, ROOT));
            open.write(0, large, false, ROOT);
            print("read 1 MiB", () -> open.read(0, large));
        }
        AttributeChanges mode = new AttributeChanges();
        mode.what = AttributeChanges.MODE;
        mode.mode = 0644;
        print("chmod", () -> file.change(mode, ROOT, out));
        FileName attribute = TreeUser.name("user.x");
        print("getxattr of none", () -> file.extendedAttribute(attribute, buffer));
        print("create, close, unlink, forget", () -> create(directory, fresh, ROOT, out));
        print("the same as another user", () -> create(directory, fresh, somebody, out));
        print("mkdir, rmdir, forget", () -> {
            FileNode made = directory.makeDirectory(fresh, 0755, ROOT, out);
            directory.removeDirectory(fresh, ROOT);
            made.forget(1);
        });
        print("rename", () -> {
            directory.rename(name, root, other, 0, ROOT);
            root.rename(other, directory, name, 0, ROOT);
        });
        for (int i = 0; i < 1000; i++) {
            user.mknod("d/some name " + i, 0100644);
        }
        print("list 1000 names", () -> {
            try (OpenDirectory open = directory.openDirectory(ROOT)) {
                open.read(0, (entry, inode, type, next) -> true);
            }
        });
    }

    private static void create(FileNode directory, FileName name, TestRequester by, Attributes out) throws Exception {
        var made = directory.create(name, TreeUser.O_RDWR, 0100644, by, out);
        made.file().close();
        directory.unlink(name, by);
        made.node().forget(1);
    }

    private static void print(String what, TreeUser.Call call) throws Exception {
        long[] nanos = new long[SERIES];
        repeat(call, WARM_UP);
        for (int i = 0; i < SERIES; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            repeat(call, WARM_UP);
            nanos[i] = (THREADS.getCurrentThreadCpuTime() - start) / WARM_UP;
        }
        Arrays.sort(nanos);
        System.out.printf("%-32s %8d ns%n", what, nanos[SERIES / 2]);
    }

    private static void repeat(TreeUser.Call call, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }

    private static void nodes(Playground playground) throws Exception {
        playground.sh("for d in $(seq 200); do mkdir d$d; (cd d$d; seq -f 'file-name-%05g' 1000 | xargs touch); done");
        FileNode root = playground.tree().root();
        FileNode[] kept = new FileNode[NODES + 200];
        Attributes out = new Attributes();
        int count = 0;
        long before = used();
        for (int d = 1; d <= 200; d++) {
            FileNode directory = root.lookup(TreeUser.name("d" + d), out);
            kept[count++] = directory;
            for (int f = 1; f <= 1000; f++) {
                kept[count++] = directory.lookup(TreeUser.name(String.format("file-name-%05d", f)), out);
            }
        }
        System.out.printf("%-32s %8d bytes%n", "a node, its name and its slot", (used() - before) / count);
        for (FileNode node : kept) {
            node.forget(1);
        }
        System.out.printf("%-32s %8d%n", "nodes left when all are forgotten", playground.tree().nodeCount());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
