package org.froggr.shell.internal.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.FroggrException;
import org.froggr.api.session.PlatformHome;
import org.froggr.api.session.SessionManager;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.Verb;
import org.froggr.spi.transport.Transport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Runs the transports. Everything it depends on may come, go and be replaced while it works; a round each
 * second brings what is in step with what should be.
 */
@Component(immediate = true, service = CommandServer.class, configurationPid = ShellConfiguration.PID)
@Designate(ocd = ShellConfiguration.class)
public final class CommandServer {
    /** How many verbs this bundle has. They come one after the other while it starts. */
    static final int OWN_VERBS = 12;

    /** How long to wait for them, in case one cannot come. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Commands commands;
    private final Sessions sessions;
    private final PlatformControl control;
    private final Logger logger;
    private final Reception reception;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "froggr-rounds"));
    private final AtomicInteger verbs = new AtomicInteger();
    private final long bornNanos = System.nanoTime();
    private boolean complete;
    private boolean warm;
    private volatile Duration idleLimit = Duration.ofMinutes(ShellConfiguration.IDLE_MINUTES);

    @Activate
    public CommandServer(
            @Reference Commands commands,
            @Reference Sessions sessions,
            @Reference PlatformControl control,
            @Reference(service = LoggerFactory.class) Logger logger,
            ShellConfiguration configuration) {
        this.commands = commands;
        this.sessions = sessions;
        this.control = control;
        this.logger = logger;
        this.reception = new Reception(commands, sessions, logger, System::nanoTime);
        configure(configuration);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Activate
    void start() {
        rounds.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Modified
    void configure(ShellConfiguration configuration) {
        try {
            idleLimit = Duration.ofMinutes(configuration.idleMinutes());
        } catch (ComponentException e) {
            logger.error("the configuration {} is not used: {}", ShellConfiguration.PID, e.getMessage());
        }
    }

    @Deactivate
    void stop() {
        rounds.shutdownNow();
        reception.close(control.isStopping());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHome(PlatformHome home) {
        reception.home(home);
        soon();
    }

    void unbindHome(PlatformHome home) {
        reception.leave(home, control.isStopping());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTransport(Transport transport, Map<String, Object> properties) {
        reception.add(new Listening(transport, properties, logger));
        soon();
    }

    void unbindTransport(Transport transport) {
        reception.remove(transport);
        soon();
    }

    /** Only to be told when it comes; who calls it uses {@link Sessions}. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindManager(SessionManager manager) {
        soon();
    }

    void unbindManager(SessionManager manager) {
        soon();
    }

    /** Only waited for; calls find their verb in the catalogue. */
    @Reference(name = "Verb", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindVerb(ServiceReference<Verb> verb) {
        if (verbs.incrementAndGet() == OWN_VERBS) {
            soon();
        }
    }

    void unbindVerb(ServiceReference<Verb> verb) {
        verbs.decrementAndGet();
    }

    /** Before, nobody is told that the platform answers; afterwards verbs may come and go. */
    private boolean haveVerbs() {
        complete |= verbs.get() >= OWN_VERBS || System.nanoTime() - bornNanos > PATIENCE.toNanos();
        return complete;
    }

    private void soon() {
        if (!rounds.isShutdown()) {
            rounds.execute(this::round);
        }
    }

    private void round() {
        if (!haveVerbs()) {
            return;
        }
        try {
            reception.round();
            warmUp();
            endIfIdle();
        } catch (RuntimeException e) {
            // An exception would end the rounds for good.
            logger.error("a round of the command server failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once, when clients are answered and all bundles have been started. */
    private void warmUp() {
        if (!warm && control.isStarted() && sessions.isPresent() && !transports().isEmpty()) {
            warm = true;
            Runnable wanted = new WarmUp(
                    commands,
                    commands.verbs().catalogue(),
                    commands.activity(),
                    () -> !rounds.isShutdown() && sessions.isPresent(),
                    System::nanoTime);
            daemon(wanted, "froggr-warm-up").start();
        }
    }

    private void endIfIdle() throws InterruptedException {
        Duration limit = idleLimit;
        if (limit.isZero() || !sessions.isPresent() || commands.activity().idle().compareTo(limit) < 0) {
            return;
        }
        if (hasSessions()) {
            commands.activity().touch();
        } else {
            control.stop("no session and no command for " + limit.toMinutes() + " minutes");
        }
    }

    private boolean hasSessions() throws InterruptedException {
        try {
            return sessions.call(manager -> !manager.list().isEmpty());
        } catch (FroggrException e) {
            logger.debug("cannot tell whether there are sessions; the platform stays", e);
            return true;
        }
    }

    /** The transports that work, the preferred one first. */
    public List<String> transports() {
        return reception.working();
    }

    /** Where everything lives, while that is known. */
    public Optional<PlatformHome> home() {
        return reception.home();
    }
}
