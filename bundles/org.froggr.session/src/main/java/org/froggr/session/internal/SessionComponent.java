package org.froggr.session.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.api.session.SessionManager;
import org.froggr.linux.Processes;
import org.froggr.session.internal.pipes.SessionPipes;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.process.AnchorLauncher;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.session.internal.process.DescriptorFetch;
import org.froggr.session.internal.process.MountWatch;
import org.froggr.session.internal.process.OwnSpace;
import org.froggr.session.internal.process.ProcessWatch;
import org.froggr.session.internal.store.SessionStore;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.Presenter;
import org.froggr.spi.presentation.Unions;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.froggr.spi.transport.ExchangeHandler;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Puts the session manager together. The service is registered only after all sessions that live have
 * been adopted, so that nobody sees a part of them.
 */
@Component(configurationPid = SessionConfig.PID, immediate = true)
@Designate(ocd = SessionConfig.class)
public final class SessionComponent {
    private static final int ADOPTERS = 4;
    private static final int STOP_SECONDS = 3;

    private final BundleContext bundles;
    private final PlatformHome home;
    private final Logger log;
    private final Backends backends;
    private final Services<Presenter> presenters = new Services<>(Presenter.PRESENTS, Backends.REPLACEMENT_LIMIT);
    private final Services<RecoveryPolicy> policies = new Services<>(RecoveryPolicy.NAME, Backends.REPLACEMENT_LIMIT);
    private final ExecutorService workers = Executors.newFixedThreadPool(ADOPTERS, daemon("froggr-session"));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon("froggr-clock"));

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ExchangeHandler exchanges;

    private volatile FileServer fileServer;
    private volatile Unions unions;
    private volatile Settings settings;
    private volatile Handover handover;
    private volatile Succession succession;
    private ManagerContext context;
    private ServiceRegistration<SessionManager> registration;
    private Checkups checkups;

    @Activate
    public SessionComponent(
            BundleContext bundles,
            SessionConfig config,
            @Reference PlatformHome home,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.bundles = bundles;
        this.settings = Settings.of(config, Settings.defaults(), log);
        this.home = home;
        this.log = log;
        this.backends = new Backends(log);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Activate
    void start() throws ErrnoException, InterruptedException {
        boolean started = false;
        try {
            assemble();
            started = true;
        } finally {
            // A component that fails to be activated is not deactivated, and may be tried again.
            if (!started) {
                stop();
            }
        }
    }

    private void assemble() throws ErrnoException, InterruptedException {
        context = context();
        // The supervisor's recovery needs what reports to the supervisor: the reports find it by then.
        Supervisor[] supervisor = new Supervisor[1];
        MountObserver[] observer = new MountObserver[1];
        Anchoring anchoring = new Anchoring(
                context, s -> supervisor[0].processDied(s), s -> observer[0].privateTableChanged(s));
        SessionMaker maker = new SessionMaker(context, anchoring);
        Terminator terminator = new Terminator(context, anchoring);
        supervisor[0] = new Supervisor(context, new Recovery(context, anchoring, terminator), workers);
        observer[0] = new MountObserver(context, supervisor[0]);
        Adopter adopter = new Adopter(context, anchoring, maker, terminator, supervisor[0]);
        adopter.adoptAll(workers);
        context.mounts().watch(0, MountWatch.OWN, observer[0]::ownTableChanged);
        OrphanSweep orphans = new OrphanSweep(context, adopter);
        Housekeeper housekeeper = new Housekeeper(context, supervisor[0], adopter, orphans);
        housekeeper.start(clock);
        handover = new Handover(context, workers, clock);
        backends.forEach(handover::backendCame);
        succession = new Succession(context, supervisor[0], workers);
        registration = bundles.registerService(
                SessionManager.class,
                new SessionManagerImpl(context, maker, terminator, housekeeper, workers),
                null);
        checkups = Checkups.register(bundles, context, adopter, housekeeper, orphans);
    }

    private ManagerContext context() throws ErrnoException {
        return new ManagerContext(
                home,
                new SessionStore(home, log),
                new Registry(),
                backends,
                presenters,
                () -> Optional.ofNullable(fileServer),
                () -> Optional.ofNullable(unions),
                policies,
                new AnchorLauncher(BytePath.of(bundles.getProperty("froggr.dist")), home.path(), log),
                new DescriptorFetch(BytePath.of(bundles.getProperty("froggr.dist"))),
                new ProcessWatch(log),
                new MountWatch(log),
                new AnchorSweep(home),
                new SessionPipes(() -> Optional.ofNullable(exchanges), log),
                new Syncs(clock, workers, log),
                new OwnSpace(),
                Processes.mountNamespace(ProcessHandle.current().pid()),
                Processes.bootId(),
                () -> settings,
                Predecessor.take(bundles::getProperty, log),
                new Missing(bundles),
                log);
    }

    @Modified
    void configure(SessionConfig changed) {
        settings = Settings.of(changed, settings, log);
    }

    /** The sessions stay: their processes hold what the next platform adopts. */
    @Deactivate
    void stop() {
        if (registration != null) {
            registration.unregister();
        }
        succession = null;
        if (checkups != null) {
            checkups.close();
        }
        clock.shutdownNow();
        workers.shutdownNow();
        if (context != null) {
            close(context.mounts());
            close(context.processes());
            close(context.pipes());
            awaitWorkers();
            context.registry().all().forEach(this::letGo);
        }
        backends.close();
    }

    private void close(AutoCloseable watch) {
        try {
            watch.close();
        } catch (Exception e) {
            log.warn("{} could not be closed", watch, e);
        }
    }

    /** Who is at work on a session still uses its process. */
    private void awaitWorkers() {
        try {
            boolean ended = workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
                    && clock.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                log.warn("sessions are still being worked on; the next platform goes on from what is recorded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void letGo(LiveSession session) {
        session.served().letGo();
        session.setStore(null);
        session.anchor().ifPresent(Anchor::close);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBackend(MountBackend backend, Map<String, ?> properties) {
        backends.add(backend, properties);
        Handover running = handover;
        if (running != null) {
            running.backendCame(backend, properties);
        }
    }

    void removeBackend(MountBackend backend, Map<String, ?> properties) {
        backends.remove(backend);
        Handover running = handover;
        if (running != null) {
            running.backendWent(backend, properties);
            // Its replacement may have come before it went.
            backends.forEach(running::backendCame);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setFileServer(FileServer server) {
        fileServer = server;
        Succession running = succession;
        if (running != null) {
            running.serverCame();
        }
    }

    void unsetFileServer(FileServer server) {
        if (fileServer == server) {
            fileServer = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setUnions(Unions makers) {
        unions = makers;
        Succession running = succession;
        if (running != null) {
            running.unionsCame();
        }
    }

    void unsetUnions(Unions makers) {
        if (unions == makers) {
            unions = null;
            Succession running = succession;
            if (running != null) {
                running.unionsWent();
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPresenter(Presenter presenter, Map<String, ?> properties) {
        presenters.add(presenter, properties);
    }

    void removePresenter(Presenter presenter) {
        presenters.remove(presenter);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPolicy(RecoveryPolicy policy, Map<String, ?> properties) {
        policies.add(policy, properties);
    }

    void removePolicy(RecoveryPolicy policy) {
        policies.remove(policy);
    }
}
