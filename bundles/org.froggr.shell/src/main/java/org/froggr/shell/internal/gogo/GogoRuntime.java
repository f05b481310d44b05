package org.froggr.shell.internal.gogo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.util.tracker.ServiceTracker;

/** Waits for Gogo, which starts after the platform has begun to answer. */
final class GogoRuntime implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BundleContext context;
    private final ServiceTracker<CommandProcessor, CommandProcessor> tracker;

    GogoRuntime(BundleContext context) {
        this.context = context;
        this.tracker = new ServiceTracker<>(context, CommandProcessor.class, null);
        tracker.open();
    }

    /**
     * The runtime, once all bundles have been started, so that no command is missing.
     *
     * @throws FroggrException UNSUPPORTED if there is none
     */
    CommandProcessor get() throws FroggrException, InterruptedException {
        awaitStart();
        CommandProcessor processor = tracker.waitForService(PATIENCE.toMillis());
        if (processor == null) {
            throw FroggrException.of(Fault.UNSUPPORTED, "Gogo is not running")
                    .hint("add org.apache.felix.gogo.runtime to the platform's feature");
        }
        return processor;
    }

    private void awaitStart() throws InterruptedException {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        if (framework.getState() != Bundle.STARTING) {
            return;
        }
        CountDownLatch started = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                started.countDown();
            }
        };
        context.addFrameworkListener(listener);
        try {
            // Looked at again, since it may have started before the listener was there.
            if (framework.getState() == Bundle.STARTING) {
                started.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            context.removeFrameworkListener(listener);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }
}
