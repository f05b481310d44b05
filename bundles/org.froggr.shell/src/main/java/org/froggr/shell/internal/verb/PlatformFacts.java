package org.froggr.shell.internal.verb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.server.CommandServer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Finds out how the platform is. */
@Component(service = PlatformFacts.class)
public final class PlatformFacts {
    /** The program that starts the JVM again when it dies. */
    private static final String SUPERVISOR = "frg-platform";

    private final BundleContext context;
    private final Sessions sessions;
    private final CommandServer server;
    private final Logger logger;

    @Activate
    public PlatformFacts(
            BundleContext context,
            @Reference Sessions sessions,
            @Reference CommandServer server,
            @Reference(service = LoggerFactory.class) Logger logger) {
        this.context = context;
        this.sessions = sessions;
        this.server = server;
        this.logger = logger;
    }

    PlatformStatus now() throws InterruptedException {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElseGet(Instant::now);
        return new PlatformStatus(
                self.pid(),
                Duration.between(started, Instant.now()),
                server.home().map(PlatformHome::path),
                context.getBundle().getVersion().toString(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                context.getBundles().length,
                (int) Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                        .count(),
                sessionCount(),
                residentBytes(),
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                server.transports(),
                supervisor());
    }

    private OptionalInt sessionCount() throws InterruptedException {
        try {
            return sessions.isPresent()
                    ? OptionalInt.of(sessions.call(manager -> manager.list().size()))
                    : OptionalInt.empty();
        } catch (FroggrException e) {
            return OptionalInt.empty();
        }
    }

    private OptionalLong residentBytes() {
        try {
            return OptionalLong.of(Processes.rss(ProcessHandle.current().pid()));
        } catch (ErrnoException e) {
            logger.debug("the platform's memory cannot be read", e);
            return OptionalLong.empty();
        }
    }

    private Optional<Long> supervisor() {
        try {
            long parent = ProcStat.of(ProcessHandle.current().pid()).orElseThrow().parent();
            String commandLine = new String(Processes.commandLine(parent), StandardCharsets.ISO_8859_1);
            return commandLine.contains(SUPERVISOR) ? Optional.of(parent) : Optional.empty();
        } catch (ErrnoException e) {
            logger.debug("the platform's parent cannot be looked at", e);
            return Optional.empty();
        }
    }
}
