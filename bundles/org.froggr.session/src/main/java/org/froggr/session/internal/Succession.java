package org.froggr.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;

/**
 * Keeps the file systems of sessions in use while the bundles that answer for them are replaced, in the way in
 * which a platform follows another: what programs ask meanwhile waits in the kernel.
 */
final class Succession {
    private final ManagerContext context;
    private final TakeOver takeOver;
    private final ExecutorService workers;

    Succession(ManagerContext context, Supervisor supervisor, ExecutorService workers) {
        this.context = context;
        this.takeOver = new TakeOver(context, supervisor, Optional.empty());
        this.workers = workers;
    }

    /** Another server is there: it goes on where the one before has left. */
    void serverCame() {
        later(() -> context.registry().all().forEach(this::resume));
    }

    private void resume(LiveSession session) {
        session.lock().lock();
        try {
            session.served().resumeIfLeft();
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            context.log().error("session {}: its file system is not answered for", session.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.lock().unlock();
        }
    }

    /** What makes unions is going: its classes cannot be relied on from now on. */
    void unionsWent() {
        context.registry().all().forEach(session -> session.served().pause());
    }

    /** Another one is there: all unions are made again by it. */
    void unionsCame() {
        later(() -> {
            List<LiveSession> paused = context.registry().all().stream()
                    .filter(session -> session.served().isPaused())
                    .toList();
            for (LiveSession session : paused) {
                session.served().abandon();
                session.takeServedBut(Set.of()).forEach(this::close);
            }
            takeOver.perform(paused, workers);
        });
    }

    private void close(LiveSession.Holding former) {
        try {
            former.tree().close();
        } catch (ErrnoException | RuntimeException e) {
            context.log().warn("a tree could not be given back: {}", e.toString());
        }
    }

    private interface Work {
        void perform() throws ErrnoException, InterruptedException;
    }

    /** On a thread of its own: it waits for the workers. */
    private void later(Work work) {
        Thread thread = new Thread(() -> perform(work), "froggr-succession");
        thread.setDaemon(true);
        thread.start();
    }

    private void perform(Work work) {
        try {
            work.perform();
        } catch (ErrnoException e) {
            context.log().error("unions could not be made again", e);
        } catch (RejectedExecutionException e) {
            context.log().debug("the platform stops; the next goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
