package org.froggr.shell.internal.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.Transport;
import org.osgi.service.log.Logger;

/**
 * The transports at work in a home, and the files that say so. One lock: whoever takes away a home or a
 * transport waits until the round that uses it is over.
 */
final class Reception {
    /** How long to wait for sessions to be adopted before answering without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExchangeHandler handler;
    private final Sessions sessions;
    private final Logger logger;
    private final LongSupplier nanoTime;
    private final long born;
    private final List<Listening> transports = new ArrayList<>();
    private PlatformHome home;
    private StateFiles files;
    private String complaint = "";
    private boolean open;

    Reception(ExchangeHandler handler, Sessions sessions, Logger logger, LongSupplier nanoTime) {
        this.handler = handler;
        this.sessions = sessions;
        this.logger = logger;
        this.nanoTime = nanoTime;
        this.born = nanoTime.getAsLong();
    }

    synchronized void home(PlatformHome next) {
        home = next;
        files = new StateFiles(next.platformDescriptor());
    }

    /** Ends what works in {@code old}, whose descriptors are about to be closed. */
    synchronized void leave(PlatformHome old, boolean forGood) {
        if (home == old) {
            close(forGood);
            home = null;
            files = null;
        } else {
            transports.forEach(each -> each.leave(old));
        }
    }

    synchronized void add(Listening transport) {
        transports.add(transport);
        transports.sort(null);
    }

    synchronized void remove(Transport transport) {
        transports.stream().filter(each -> each.isOf(transport)).forEach(Listening::close);
        transports.removeIf(each -> each.isOf(transport));
    }

    /** The names of the transports that work, the preferred one first. */
    synchronized List<String> working() {
        return transports.stream().filter(Listening::works).map(Listening::name).toList();
    }

    synchronized Optional<PlatformHome> home() {
        return Optional.ofNullable(home);
    }

    /** Starts what should work, mends it, and says so. */
    synchronized void round() {
        if (home == null || !mayOpen()) {
            return;
        }
        transports.forEach(each -> each.start(home, handler));
        boolean reachable = false;
        for (Listening each : transports) {
            reachable |= each.check();
        }
        try {
            announce();
            if (reachable) {
                files.beat();
            }
            complaint = "";
        } catch (ErrnoException e) {
            complain(e);
        }
    }

    /** Once open it stays so: while a session manager is replaced, commands wait for the next one. */
    private boolean mayOpen() {
        if (!open && !sessions.isPresent() && nanoTime.getAsLong() - born > PATIENCE.toNanos()) {
            logger.warn("no session manager after {} s; commands are answered without one", PATIENCE.toSeconds());
            open = true;
        }
        open |= sessions.isPresent();
        return open;
    }

    private void announce() throws ErrnoException {
        List<String> names = working();
        if (names.isEmpty()) {
            return;
        }
        String line = StateFiles.line(names);
        if (!files.isAnnounced(line)) {
            files.announce(line);
        }
    }

    private void complain(ErrnoException e) {
        if (!complaint.equals(e.getMessage())) {
            complaint = e.getMessage();
            logger.error("cannot tell clients that the platform lives in {}", home.path().quoted(), e);
        }
    }

    /** Ends the transports; {@code forGood} says also that the platform is gone. */
    synchronized void close(boolean forGood) {
        try {
            if (files != null && forGood) {
                files.withdraw();
            }
        } catch (ErrnoException e) {
            complain(e);
        }
        transports.forEach(Listening::close);
    }
}
