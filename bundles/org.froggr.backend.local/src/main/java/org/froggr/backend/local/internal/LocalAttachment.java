package org.froggr.backend.local.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.froggr.api.ErrnoException;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.Health;
import org.froggr.spi.backend.Tree;

/** A local tree in use. */
final class LocalAttachment implements Attachment {
    private static final long PROBE_MILLIS = 800;

    private final LocalTree files;
    private final Tree tree;

    /** The last look at the root, which hangs if a server of that file system does not answer. */
    private CompletableFuture<Boolean> probe = CompletableFuture.completedFuture(true);

    LocalAttachment(LocalTree files) {
        this.files = files;
        this.tree = Tree.served(files);
    }

    @Override
    public Tree tree() {
        return tree;
    }

    @Override
    public synchronized Health probe() {
        if (probe.isDone()) {
            probe = new CompletableFuture<>();
            Thread prober = new Thread(new Probe(files, probe), "froggr-local-probe");
            prober.setDaemon(true);
            prober.start();
        }
        try {
            return probe.get(PROBE_MILLIS, TimeUnit.MILLISECONDS) ? Health.OK : Health.FAILED;
        } catch (TimeoutException | ExecutionException e) {
            return Health.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.FAILED;
        }
    }

    private record Probe(LocalTree files, CompletableFuture<Boolean> result) implements Runnable {
        @Override
        public void run() {
            result.complete(files.answers());
        }
    }

    @Override
    public void close() throws ErrnoException {
        files.close();
    }
}
