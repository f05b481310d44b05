package org.froggr.namespace.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.backend.local.internal.LocalOptions;
import org.froggr.backend.local.internal.LocalTree;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;

/** A directory of a test's own, and trees of it. */
final class LocalMember implements AutoCloseable {
    /** A tmpfs on every machine that has POSIX shared memory; the other one is usually a disk. */
    static final List<Path> EVERYWHERE = List.of(Path.of("/dev/shm"), Path.of("/tmp"));

    final Path path;
    private final List<LocalTree> trees = new ArrayList<>();

    LocalMember(Path below) throws IOException {
        path = Files.createTempDirectory(below, "froggr-member");
    }

    /** A new one, as another process would have it. */
    LocalTree tree() throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(BytePath.of(path.toString()), Fd.O_PATH, 0))) {
            LocalTree tree = LocalTree.open(fd.number(), LocalOptions.DEFAULT);
            trees.add(tree);
            return tree;
        }
    }

    void closeTrees() throws ErrnoException {
        for (LocalTree tree : trees) {
            tree.close();
        }
        trees.clear();
    }

    /** Runs a command of a shell in the directory. */
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

    @Override
    public void close() throws IOException {
        closeTrees();
        try {
            new ProcessBuilder("rm", "-rf", "--one-file-system", path.toString()).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
