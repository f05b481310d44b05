package org.froggr.transport.unix.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;

/** A home of a test's own, with nothing in it but {@code platform/}. */
final class TestHome implements PlatformHome, AutoCloseable {
    private final Path top;
    private final Path home;
    private final int descriptor;
    private final int platform;

    TestHome() throws IOException {
        this("");
    }

    /** A home that lies that much deeper. */
    TestHome(String below) throws IOException {
        top = Files.createTempDirectory("froggr-unix-test-");
        home = top.resolve(below);
        Files.createDirectories(home.resolve("platform"));
        descriptor = Fd.open(path(), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        platform = Fd.openat(descriptor, BytePath.of("platform"), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
    }

    Path platform() {
        return home.resolve("platform");
    }

    Path socket() {
        return platform().resolve("sock");
    }

    @Override
    public BytePath path() {
        return BytePath.of(home.toString());
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public int platformDescriptor() {
        return platform;
    }

    @Override
    public int sessionsDescriptor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long owner() {
        return Ids.euid();
    }

    @Override
    public void close() throws IOException {
        Fd.closeQuietly(descriptor, platform);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(top)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
