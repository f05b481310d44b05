package org.froggr.session.internal.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.froggr.api.BytePath;

/** A home in a directory of its own, gone after the test. */
public final class TestHome implements AutoCloseable {
    private final Path parent;
    private final HomeDirectory home;

    public TestHome() throws Exception {
        parent = Files.createTempDirectory("froggr-store-");
        home = new HomeDirectory(BytePath.of(parent + "/home"));
    }

    /** The directory that the home is in. */
    public Path parent() {
        return parent;
    }

    public Path path() {
        return parent.resolve("home");
    }

    public Path path(UUID session) {
        return path().resolve("sessions").resolve(session.toString());
    }

    public HomeDirectory home() {
        return home;
    }

    public SessionStore store() {
        return new SessionStore(home, RecordingLogger.silent());
    }

    @Override
    public void close() throws IOException {
        home.close();
        delete(parent);
    }

    static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
