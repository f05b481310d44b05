package org.froggr.session.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.PlatformHome;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionStore;

/** A home in a temporary directory, with the anchors started in it, which end with it. */
final class TestHome implements PlatformHome, AutoCloseable {
    static final BytePath DISTRIBUTION =
            BytePath.of(Path.of("../../launcher/src/main/dist").toAbsolutePath().normalize().toString());

    final TestLog log = new TestLog();
    private final Path root;
    private final OwnedFd descriptor;
    private final OwnedFd sessions;
    private final SessionStore store;
    private final List<Anchor> anchors = new ArrayList<>();

    TestHome() throws IOException {
        this(Files.createTempDirectory("froggr-process-test"));
    }

    TestHome(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("sessions"));
        descriptor = directory(root);
        sessions = directory(root.resolve("sessions"));
        store = new SessionStore(this, log.logger);
    }

    private static OwnedFd directory(Path path) throws ErrnoException {
        return OwnedFd.of(Fd.open(BytePath.of(path.toString()), Fd.O_RDONLY | Fd.O_DIRECTORY, 0));
    }

    Path root() {
        return root;
    }

    /** As on this machine, but where {@code privileged} is false through a user namespace also for root. */
    AnchorLauncher launcher(boolean privileged) {
        Programs programs = new Programs("");
        return new AnchorLauncher(
                new AnchorProgram(DISTRIBUTION, path(), programs),
                new LogindScope(BytePath.of("/nonexistent"), BytePath.of("/nonexistent"), programs),
                privileged,
                log.logger);
    }

    SessionDirectory session(UUID id) throws ErrnoException {
        return store.create(id);
    }

    Anchor launch(SessionMode mode) throws ErrnoException, FroggrException {
        return launch(mode, Ids.euid() == 0);
    }

    Anchor launch(SessionMode mode, boolean privileged) throws ErrnoException, FroggrException {
        UUID id = UUID.randomUUID();
        return keep(launcher(privileged).launch(id, session(id), mode));
    }

    Anchor keep(Anchor anchor) {
        anchors.add(anchor);
        return anchor;
    }

    @Override
    public BytePath path() {
        return BytePath.of(root.toString());
    }

    @Override
    public int descriptor() {
        return descriptor.number();
    }

    @Override
    public int platformDescriptor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int sessionsDescriptor() {
        return sessions.number();
    }

    @Override
    public long owner() {
        return Ids.euid();
    }

    @Override
    public void close() throws IOException {
        for (Anchor anchor : anchors) {
            anchor.terminate(Duration.ZERO);
            anchor.close();
        }
        endStrays();
        descriptor.close();
        sessions.close();
        delete();
    }

    /** Those that a test lost sight of when it failed. */
    private void endStrays() throws ErrnoException {
        AnchorSweep sweep = new AnchorSweep(this);
        for (AnchorSweep.Stray stray : sweep.find(Set.of())) {
            sweep.terminate(stray, Duration.ZERO);
        }
    }

    private void delete() throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
