package org.example.hello;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.Tree;

/** A directory of its own that holds one file, {@code greeting}; gone again when closed. */
final class HelloTree implements Attachment {
    private final Path directory;

    private HelloTree(Path directory) {
        this.directory = directory;
    }

    static HelloTree greeting(String whom) throws IOException {
        HelloTree tree = new HelloTree(Files.createTempDirectory("hello-tree-"));
        Files.writeString(tree.file(), Greeting.to(whom) + "\n");
        return tree;
    }

    static HelloTree at(BytePath directory) {
        return new HelloTree(Path.of(directory.toString()));
    }

    private Path file() {
        return directory.resolve("greeting");
    }

    @Override
    public Tree tree() {
        return Tree.kernel(BytePath.of(directory.toString()));
    }

    @Override
    public void close() throws ErrnoException {
        try {
            Files.deleteIfExists(file());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new ErrnoException(Errno.EIO.number(), "unlink", BytePath.of(directory.toString()));
        }
    }
}
