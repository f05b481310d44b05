package org.froggr.launcher;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.framework.FrameworkFactory;
import org.froggr.features.Feature;
import org.froggr.features.FeatureBundle;
import org.froggr.features.FeatureException;
import org.froggr.features.FeatureReader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework with the bundles of the feature in it. */
final class Platform {
    /**
     * What the launcher's class path has to offer: the log's API, so that the log service that a bundle
     * brings is one that the launcher can listen to.
     */
    private static final String EXTRA_PACKAGES = "org.osgi.service.log;version=\"1.5.0\";uses:=\"org.osgi.framework\","
            + "org.osgi.service.log.admin;version=\"1.0.0\";uses:=\"org.osgi.service.log\"";

    /** A directory that no two JVMs may share. */
    private static final String FILE_INSTALL = "felix.fileinstall.tmpdir";

    /** System property: which bundle cache is this JVM's. */
    private static final String CACHE = "froggr.cache";

    private final Places places;
    private final PlatformLog log;
    private final Feature feature;
    private final Framework framework;

    private Platform(Places places, PlatformLog log, Feature feature, Framework framework) {
        this.places = places;
        this.log = log;
        this.feature = feature;
        this.framework = framework;
    }

    /**
     * Makes the framework with the bundles in it, ready to start.
     *
     * @param fresh whether to distrust the kept bundle cache
     * @throws LaunchException if the distribution is unusable
     * @throws BundleException if the framework itself does not start
     */
    static Platform prepare(Places places, PlatformLog log, boolean fresh)
            throws LaunchException, BundleException, IOException {
        Feature feature = feature(places);
        BundleCache cache = new BundleCache(places, System.getProperty(CACHE, "felix"));
        boolean keep = !fresh && cache.isValid();
        if (!keep) {
            cache.invalidate();
        }
        Framework framework = new FrameworkFactory().newFramework(configuration(places, feature, cache, keep));
        framework.init(event -> report(log, event));
        framework.getBundleContext().addFrameworkListener(event -> report(log, event));
        log.follow(framework.getBundleContext());
        Platform platform = new Platform(places, log, feature, framework);
        platform.install();
        cache.complete();
        return platform;
    }

    /** Starts the bundles, level by level; they run when this returns. */
    void start() throws BundleException {
        framework.start();
    }

    /** Loads the classes of the bundles that come next: time that nobody waits for. */
    void prepareToGoOn() {
        for (Bundle bundle : context().getBundles()) {
            if (bundle.adapt(BundleStartLevel.class).getStartLevel() == Standby.LEVEL + 1) {
                Enumeration<URL> classes = bundle.findEntries("/", "*.class", true);
                while (classes != null && classes.hasMoreElements()) {
                    load(bundle, classes.nextElement().getPath());
                }
            }
        }
    }

    private static void load(Bundle bundle, String path) {
        try {
            bundle.loadClass(path.substring(1, path.length() - ".class".length()).replace('/', '.'));
        } catch (ClassNotFoundException | LinkageError e) {
            // Of an optional package that is not there: who needs it says so
        }
    }

    /** Starts the bundles that one that stands by leaves out; they run when this returns. */
    void goOn() throws InterruptedException {
        int whole = Integer.parseInt(
                feature.frameworkProperties().getOrDefault(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1"));
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(whole, event -> reached.countDown());
        reached.await();
    }

    private static Feature feature(Places places) throws LaunchException {
        try {
            return FeatureReader.read(places.feature());
        } catch (IOException | FeatureException e) {
            throw new LaunchException("cannot read " + places.feature() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> configuration(
            Places places, Feature feature, BundleCache cache, boolean keep) {
        Map<String, String> properties = new HashMap<>(feature.frameworkProperties());
        properties.put(Places.HOME, places.home().toString());
        properties.put(Places.DIST, places.dist().toString());
        properties.put(Constants.FRAMEWORK_STORAGE, cache.directory().toString());
        // The supervising loop sees to it that there is one; a dying JVM may keep such a lock.
        properties.put("felix.cache.locking", "false");
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, EXTRA_PACKAGES);
        properties.computeIfPresent(FILE_INSTALL, (key, value) -> value + "-" + cache.directory().getFileName());
        if (Standby.isOne()) {
            properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Standby.LEVEL));
        }
        if (!keep) {
            properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        }
        return properties;
    }

    /**
     * Makes the framework hold what the feature names. What it holds already is put right where
     * somebody stopped or uninstalled it: the feature says what the platform is made of.
     */
    private void install() throws BundleException, LaunchException {
        BundleContext context = framework.getBundleContext();
        for (FeatureBundle wanted : feature.bundles()) {
            Path jar = places.bundles().resolve(wanted.id().fileName());
            if (!Files.isReadable(jar)) {
                throw new LaunchException("the feature names " + wanted.id() + ", but " + jar
                        + " cannot be read; try: unpack the distribution again, or take its line out of "
                        + places.feature());
            }
            Bundle bundle = context.installBundle("reference:" + jar.toUri());
            BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
            if (level.getStartLevel() != wanted.startLevel()) {
                level.setStartLevel(wanted.startLevel());
            }
            if (wanted.started()) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private static void report(PlatformLog log, FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            log.error(event.getBundle() + ": " + event.getThrowable().getMessage(), event.getThrowable());
        }
    }

    /** The framework's own context, as long as it runs. */
    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stops it if it runs, and waits, at most so many milliseconds. */
    void stop(long limitMs) throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(limitMs);
    }

    /** Waits until something stops it. */
    int awaitStop() throws InterruptedException {
        FrameworkEvent event = framework.waitForStop(0);
        return event.getType() == FrameworkEvent.STOPPED ? ExitStatus.STOPPED : ExitStatus.FAILED;
    }
}
