package org.froggr.shell.internal.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;

/** A home in a temporary directory, which goes with it. */
public final class TempHome implements PlatformHome, AutoCloseable {
    private final Path directory;
    private final OwnedFd descriptor;

    public TempHome() throws IOException {
        directory = Files.createTempDirectory("froggr-shell-test");
        descriptor = OwnedFd.of(Fd.open(path(), Fd.O_RDONLY | Fd.O_DIRECTORY, 0));
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public BytePath path() {
        return BytePath.of(directory.toString());
    }

    @Override
    public int descriptor() {
        return descriptor.number();
    }

    @Override
    public int platformDescriptor() {
        return descriptor.number();
    }

    @Override
    public int sessionsDescriptor() {
        return descriptor.number();
    }

    @Override
    public long owner() {
        return Ids.euid();
    }

    @Override
    public void close() throws ErrnoException, IOException {
        descriptor.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
