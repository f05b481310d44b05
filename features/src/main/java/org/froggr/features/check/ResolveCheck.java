package org.froggr.features.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.froggr.features.Feature;
import org.froggr.features.FeatureBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** Checks that a feature's bundles resolve, by letting the real framework resolve them. */
final class ResolveCheck {
    /** How long the framework may take to stop, in milliseconds. */
    private static final long STOP_LIMIT_MS = 10_000;

    private final Feature feature;
    private final Path bundleDirectory;
    private final List<String> problems = new ArrayList<>();

    private ResolveCheck(Feature feature, Path bundleDirectory) {
        this.feature = feature;
        this.bundleDirectory = bundleDirectory;
    }

    /**
     * Installs and resolves the bundles in a framework of their own; nothing of them is run.
     *
     * @return one sentence for each thing that is wrong
     */
    static List<String> problems(Feature feature, Path bundleDirectory)
            throws IOException, BundleException, InterruptedException {
        ResolveCheck check = new ResolveCheck(feature, bundleDirectory);
        Path storage = Files.createTempDirectory("froggr-resolve");
        try {
            check.run(storage);
        } finally {
            deleteTree(storage);
        }
        return check.problems;
    }

    private void run(Path storage) throws IOException, BundleException, InterruptedException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, storage.toString(),
                        "felix.service.urlhandlers", "false",
                        "felix.log.level", "0"));
        framework.start();
        try {
            List<Bundle> bundles = install(framework.getBundleContext());
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            RequirementReport report = new RequirementReport(bundles, framework);
            bundles.forEach(bundle -> problems.addAll(report.problems(bundle)));
        } finally {
            framework.stop();
            framework.waitForStop(STOP_LIMIT_MS);
        }
        findUnnamed();
    }

    private List<Bundle> install(BundleContext context) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (FeatureBundle wanted : feature.bundles()) {
            Path jar = bundleDirectory.resolve(wanted.id().fileName());
            if (Files.isRegularFile(jar)) {
                bundles.add(context.installBundle("reference:" + jar.toUri()));
            } else {
                problems.add("the feature names " + wanted.id() + ", but " + jar + " does not exist");
            }
        }
        return bundles;
    }

    /** A jar that the build brings and the feature does not name is a slip in one of the two. */
    private void findUnnamed() throws IOException {
        TreeSet<String> unnamed = new TreeSet<>();
        try (Stream<Path> files = Files.list(bundleDirectory)) {
            files.map(file -> file.getFileName().toString()).forEach(unnamed::add);
        }
        unnamed.removeAll(feature.bundles().stream()
                .map(bundle -> bundle.id().fileName())
                .collect(Collectors.toSet()));
        unnamed.forEach(name -> problems.add("the feature does not name " + bundleDirectory.resolve(name)));
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
