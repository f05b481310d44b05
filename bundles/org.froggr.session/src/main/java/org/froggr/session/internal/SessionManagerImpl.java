package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.ReorderRequest;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;

/** The session API, carried out by the parts of this package. */
final class SessionManagerImpl implements SessionManager {
    private final ManagerContext context;
    private final SessionMaker maker;
    private final Attacher attacher;
    private final Detacher detacher;
    private final Reordering reordering;
    private final Terminator terminator;
    private final Housekeeper housekeeper;
    private final ExecutorService workers;
    private final KeyLocks targets = new KeyLocks();

    SessionManagerImpl(
            ManagerContext context,
            SessionMaker maker,
            Terminator terminator,
            Housekeeper housekeeper,
            ExecutorService workers) {
        this.context = context;
        this.maker = maker;
        this.terminator = terminator;
        this.housekeeper = housekeeper;
        this.workers = workers;
        this.attacher = new Attacher(context, maker, targets);
        Owners owners = new Owners(context, targets);
        this.detacher = new Detacher(context, owners, terminator);
        this.reordering = new Reordering(context, owners);
    }

    @Override
    public Session create(SessionRequest request) throws FroggrException {
        return maker.make(request, maker.root(request, new Callers(context)), true);
    }

    @Override
    public Session obtain(SessionRequest request) throws FroggrException {
        BytePath root = maker.root(request, new Callers(context));
        return targets.holding(root, () -> {
            Optional<LiveSession> living = context.registry().ofRoot(root, request.mode());
            return living.isPresent() ? living.get() : maker.make(request, root, false);
        });
    }

    @Override
    public Session get(String reference) throws FroggrException {
        return context.registry().get(reference);
    }

    @Override
    public Optional<Session> find(UUID id) {
        return context.registry().find(id).map(Session.class::cast);
    }

    @Override
    public List<Session> list() {
        return List.copyOf(context.registry().all());
    }

    @Override
    public Change attach(NamespaceRequest request) throws FroggrException {
        return attacher.attach(request);
    }

    @Override
    public Change unmount(UnmountRequest request) throws FroggrException {
        return detacher.unmount(request);
    }

    @Override
    public Change reorder(ReorderRequest request) throws FroggrException {
        return reordering.reorder(request);
    }

    @Override
    public Ending kill(Session session, UnmountMode mode) {
        Optional<LiveSession> living = context.registry().find(session.id());
        return living.isPresent()
                ? terminator.end(living.get(), mode)
                : new Results.EndingResult(session.id(), true, Optional.empty(), List.of("it had ended already"));
    }

    @Override
    public List<Ending> purge(UnmountMode mode) {
        Map<UUID, Ending> endings = new LinkedHashMap<>();
        try {
            housekeeper.takeIn();
            int before;
            do {
                // One session's mounts may lie on another's: whoever was busy may not be in the next round.
                before = context.registry().size();
                endAll(mode, endings);
            } while (context.registry().size() > 0 && context.registry().size() < before);
            housekeeper.sweepAll();
        } catch (ErrnoException e) {
            context.log().error("the sweep after a purge failed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(endings.values());
    }

    private void endAll(UnmountMode mode, Map<UUID, Ending> endings) throws InterruptedException {
        List<Callable<Ending>> tasks = new ArrayList<>();
        for (LiveSession session : context.registry().all()) {
            tasks.add(0, () -> terminator.end(session, mode));
        }
        for (Future<Ending> future : workers.invokeAll(tasks)) {
            Ending ending = result(future);
            endings.put(ending.session(), ending);
        }
    }

    private static Ending result(Future<Ending> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session threw", e.getCause());
        }
    }
}
