package org.froggr.shell.internal.server;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Ends the platform. Mounts and sessions stay: anchors hold them, and the next platform adopts them. */
@Component(service = PlatformControl.class)
public final class PlatformControl {
    private final BundleContext context;
    private final Logger logger;

    @Activate
    public PlatformControl(BundleContext context, @Reference(service = LoggerFactory.class) Logger logger) {
        this.context = context;
        this.logger = logger;
    }

    /** Stops the framework, on a thread of its own; returns at once. */
    public void stop(String why) {
        logger.info("the platform ends: {}", why);
        new Thread(this::stopFramework, "froggr-stop").start();
    }

    private void stopFramework() {
        try {
            framework().stop();
        } catch (BundleException e) {
            logger.error("the framework does not stop", e);
        }
    }

    /** Whether the framework is on its way down. */
    boolean isStopping() {
        return framework().getState() != Bundle.ACTIVE && framework().getState() != Bundle.STARTING;
    }

    /** Whether all bundles have been started. */
    boolean isStarted() {
        return framework().getState() == Bundle.ACTIVE;
    }

    private Bundle framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }
}
