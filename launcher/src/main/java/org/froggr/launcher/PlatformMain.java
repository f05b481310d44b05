package org.froggr.launcher;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.framework.BundleException;

/**
 * Entry point of the platform's JVM. The supervising loop starts it with {@code -Dfroggr.home} and
 * {@code -Dfroggr.dist}; it ends with one of {@link ExitStatus}.
 */
public final class PlatformMain {
    /** Bundles may take this long to stop after a signal, in milliseconds. */
    private static final long STOP_LIMIT_MS = 10_000;

    private PlatformMain() {}

    /** Runs the platform until it is stopped, then ends the JVM. */
    public static void main(String[] arguments) {
        // Without halt, a thread that some bundle left behind would keep the JVM.
        Runtime.getRuntime().halt(run());
    }

    private static int run() {
        try {
            Places places = Places.fromSystemProperties();
            try (PlatformLog log = new PlatformLog(places.platform(), Clock.systemUTC())) {
                return run(places, log);
            }
        } catch (LaunchException e) {
            return complain(e.getMessage(), ExitStatus.UNUSABLE);
        }
    }

    private static int run(Places places, PlatformLog log) throws LaunchException {
        try {
            boolean fresh = Boolean.getBoolean("froggr.cache.fresh");
            Platform platform = Platform.prepare(places, log, fresh);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, log, main), "stop"));
            platform.start();
            if (Standby.isOne()) {
                platform.prepareToGoOn();
                log.info("stands by, pid " + ProcessHandle.current().pid());
                if (!Standby.await()) {
                    platform.stop(STOP_LIMIT_MS);
                    return ExitStatus.STOPPED;
                }
                platform.goOn();
            }
            log.info("started with " + platform.context().getBundles().length + " bundles in "
                    + age().toMillis() + " ms, pid " + ProcessHandle.current().pid());
            Supervision.begin(places, log);
            if (Boolean.getBoolean("froggr.train")) {
                Training.run(places);
                platform.stop(STOP_LIMIT_MS);
            }
            int status = platform.awaitStop();
            log.info("stopped with status " + status);
            return status;
        } catch (LaunchException e) {
            log.error(e.getMessage(), e.getCause());
            throw e;
        } catch (BundleException | IOException e) {
            log.error("the framework does not start: " + e.getMessage(), e);
            return complain("the framework does not start: " + e.getMessage(), ExitStatus.FAILED);
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        }
    }

    /** How long this JVM has been there, to the kernel's hundredth of a second. */
    private static Duration age() {
        Instant now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }

    /** After TERM: the main thread sees the framework stop and ends the JVM with its own status, not 143. */
    private static void stop(Platform platform, PlatformLog log, Thread main) {
        try {
            platform.stop(STOP_LIMIT_MS);
            main.join(STOP_LIMIT_MS);
        } catch (BundleException | InterruptedException e) {
            log.error("the framework does not stop: " + e.getMessage(), e);
        }
    }

    private static int complain(String message, int status) {
        System.err.println("frg: platform: " + message);
        return status;
    }
}
