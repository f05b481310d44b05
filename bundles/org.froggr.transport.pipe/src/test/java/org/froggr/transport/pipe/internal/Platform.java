package org.froggr.transport.pipe.internal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.transport.Listener;

/** The transport at work in a home of its own, checked often. */
final class Platform implements AutoCloseable {
    private static final long CHECK_MILLIS = 50;

    final TestHome home;
    final TestVerbs verbs = new TestVerbs();
    final Quiet log = new Quiet();
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor();
    private final boolean ownHome;
    private final Listener listener;

    Platform(OutputWay way) throws ErrnoException {
        this(way, new TestHome(), true);
    }

    Platform(OutputWay way, TestHome home) throws ErrnoException {
        this(way, home, false);
    }

    private Platform(OutputWay way, TestHome home, boolean ownHome) throws ErrnoException {
        this.home = home;
        this.ownHome = ownHome;
        listener = new PipeTransport(log.logger(), way).listen(home, verbs);
        home.announce();
        checks.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            listener.check();
        } catch (ErrnoException e) {
            log.lines.add("check: " + e.getMessage());
        }
    }

    /** Runs a script in which {@code $FRG} is the launcher. */
    Script run(String script, String... arguments) throws Exception {
        return Script.run(home.path(), script, arguments);
    }

    Script start(String script, String... arguments) throws Exception {
        return Script.start(home.path(), script, arguments);
    }

    /** Names in the directory of the slots that end so. */
    List<String> slotFiles(String end) throws ErrnoException {
        try (OwnedFd dir = OwnedFd.of(Fd.open(home.path().resolve("platform/slots"), Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return At.list(dir.number()).stream().map(BytePath::toString).filter(name -> name.endsWith(end)).toList();
        }
    }

    /** Makes the transport's pipes as small as they can be. */
    void shrinkPipes() throws ErrnoException {
        for (String name : slotFiles(".reply")) {
            BytePath path = home.path().resolve("platform/slots").resolve(name);
            try (OwnedFd pipe = OwnedFd.of(Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK, 0))) {
                Fd.setPipeCapacity(pipe.number(), 4096);
            }
        }
    }

    boolean exists(String name) throws ErrnoException {
        return At.exists(home.platformDescriptor(), BytePath.of(name));
    }

    /** Ends the transport in order. */
    void stop() throws ErrnoException {
        checks.shutdownNow();
        listener.close();
    }

    @Override
    public void close() throws ErrnoException {
        stop();
        if (ownHome) {
            home.close();
        }
    }
}
