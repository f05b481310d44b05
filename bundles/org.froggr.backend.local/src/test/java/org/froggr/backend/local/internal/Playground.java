package org.froggr.backend.local.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;

/** A directory of a test's own with trees on it; what is in it goes with it. */
final class Playground implements AutoCloseable {
    /** A tmpfs on every machine that has POSIX shared memory; the other one is usually a disk. */
    static final Path TMPFS = Path.of("/dev/shm");

    static final Path DISK = Path.of("/tmp");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Path path;
    private LocalTree tree;

    Playground(Path below) throws IOException {
        long pid = ProcessHandle.current().pid();
        path = Files.createDirectory(below.resolve("froggr-local-" + pid + "-" + COUNT.incrementAndGet()));
    }

    Path path() {
        return path;
    }

    Path path(String name) {
        return path.resolve(name);
    }

    /** The tree of the directory, made when it is first asked for. */
    LocalTree tree() throws ErrnoException {
        if (tree == null) {
            tree = open(LocalOptions.DEFAULT);
        }
        return tree;
    }

    /** The tree with these options. */
    LocalTree tree(LocalOptions options) throws ErrnoException {
        tree = open(options);
        return tree;
    }

    /** The tree with few descriptors of directories. */
    LocalTree treeWith(int descriptors) throws ErrnoException {
        tree = openAt(path, fd -> LocalTree.open(fd, LocalOptions.DEFAULT, new Shared(descriptors, 1000)));
        return tree;
    }

    private LocalTree open(LocalOptions options) throws ErrnoException {
        return open(path, options);
    }

    static LocalTree open(Path path, LocalOptions options) throws ErrnoException {
        return openAt(path, fd -> LocalTree.open(fd, options));
    }

    interface Opening {
        LocalTree open(int fd) throws ErrnoException;
    }

    private static LocalTree openAt(Path path, Opening opening) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(BytePath.of(path.toString()), Fd.O_PATH, 0))) {
            return opening.open(fd.number());
        }
    }

    /** A user of the tree who is root. */
    TreeUser user() throws ErrnoException {
        return user(tree());
    }

    static TreeUser user(FileTree tree) {
        return new TreeUser(tree, TestRequester.ROOT, Native::of);
    }

    /** Runs a command of a shell in the directory, in a process of its own. */
    void sh(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-ec", command)
                .directory(path.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }

    /** Waits until it is so. */
    static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        if (tree != null) {
            tree.close();
        }
        try {
            new ProcessBuilder("rm", "-rf", "--one-file-system", path.toString()).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where both kinds of file system are. */
    static List<Path> everywhere() {
        return List.of(TMPFS, DISK);
    }
}
