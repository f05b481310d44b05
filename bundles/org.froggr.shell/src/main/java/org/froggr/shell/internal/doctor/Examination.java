package org.froggr.shell.internal.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.osgi.service.log.Logger;

/**
 * Makes checks, all at once and each on a thread of its own: one that hangs is part of what is wrong, and
 * must not keep the others from being heard.
 */
public final class Examination {
    private final Duration limit;
    private final Logger logger;

    /** @param limit for all checks together */
    public Examination(Duration limit, Logger logger) {
        this.limit = limit;
        this.logger = logger;
    }

    /** Makes them all. */
    public List<Diagnosis> make(List<Checks.Named> checks) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<FutureTask<List<Finding>>> running = new ArrayList<>();
        checks.forEach(check -> running.add(start(check.name(), check.check()::examine)));
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            String name = checks.get(i).name();
            result(name, running.get(i), deadline).forEach(finding -> diagnoses.add(Diagnosis.of(name, finding)));
        }
        return diagnoses;
    }

    private static FutureTask<List<Finding>> start(String name, Callable<List<Finding>> check) {
        FutureTask<List<Finding>> task = new FutureTask<>(check);
        Thread thread = new Thread(task, "froggr-check-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private List<Finding> result(String name, FutureTask<List<Finding>> task, long deadline)
            throws InterruptedException {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            String what = "the check did not end within " + limit.toSeconds() + " s";
            return List.of(Finding.of(Severity.FAULT, "CHECK_HANGS", what)
                    .object(name)
                    .why("something that it asks does not answer: a process, a file system or the session manager")
                    .advice("a thread dump, kill -QUIT of the platform, tells which: see platform/console.log")
                    .done());
        } catch (ExecutionException e) {
            logger.warn("the check {} of the doctor failed", name, e.getCause());
            return List.of(Finding.of(Severity.FAULT, "CHECK_FAILED", "the check failed: " + e.getCause().getMessage())
                    .object(name)
                    .why("what it would have found is not known")
                    .advice("the platform's log, which has the details")
                    .done());
        }
    }
}
