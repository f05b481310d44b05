package org.froggr.itests.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** The framework as the launcher would start it, with a home of its own. */
final class Container {
    /** A level above that of all bundles of the feature. */
    private static final int LEVEL = 10;

    private static final Pattern BUNDLE = Pattern.compile(
            "\"id\": *\"[^:\"]+:([^:\"]+):([^:\"]+)\", *\"bundleStartLevel\": *(\\d+)(, *\"froggr.start\": *false)?");

    private Container() {}

    static Option[] options() {
        Path home = newHome();
        return CoreOptions.options(
                frameworkProperty("froggr.home").value(home.toString()),
                frameworkProperty("froggr.dist").value(distribution().toString()),
                frameworkProperty("felix.fileinstall.dir")
                        .value(home.resolve("bundles").toString()),
                frameworkProperty("felix.fileinstall.tmpdir")
                        .value(home.resolve("cache").toString()),
                // Pax Exam's own bundles log by SLF4J, which the platform does not have.
                systemPackage("org.slf4j;version=1.7.36"),
                frameworkStartLevel(LEVEL),
                composite(bundles()),
                junitBundles());
    }

    static Path distribution() {
        return Path.of(System.getProperty("froggr.dist")).toAbsolutePath().normalize();
    }

    static Path thirdParty(String jar) {
        return Path.of(System.getProperty("froggr.thirdparty"), jar)
                .toAbsolutePath()
                .normalize();
    }

    private static Option[] bundles() {
        try {
            String feature = Files.readString(distribution().resolve("features/froggr.json"));
            return BUNDLE.matcher(feature).results().map(Container::option).toArray(Option[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option option(MatchResult line) {
        String jar = line.group(1) + "-" + line.group(2) + ".jar";
        Path file = distribution().resolve("bundles").resolve(jar);
        return bundle("reference:" + file.toUri())
                .startLevel(Integer.parseInt(line.group(3)))
                .start(line.group(4) == null);
    }

    private static Path newHome() {
        try {
            var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Path home = Files.createTempDirectory("froggr-container-", ours);
            for (String name : new String[] {"platform", "cache", "etc", "bundles"}) {
                Files.createDirectory(home.resolve(name), ours);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(home)));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never follows a mount: a session that could not be ended must not cost anybody's files. */
    private static void remove(Path home) {
        try {
            new ProcessBuilder("rm", "-rf", "--one-file-system", "--", home.toString())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
