package org.froggr.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A distribution of empty bundles, and a home. */
final class TinyDistribution {
    final Places places;

    TinyDistribution(Path root) throws IOException {
        Path home = Files.createDirectories(
                root.resolve("home, with 100% ü"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path dist = root.resolve("dist + x%41");
        places = new Places(home, dist);
        Files.createDirectories(places.bundles());
        Files.createDirectories(places.feature().getParent());
        for (String name : new String[] {"platform", "cache"}) {
            Files.createDirectory(home.resolve(name));
        }
    }

    TinyDistribution bundle(String name, String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", "1.0.0");
        for (String header : headers) {
            attributes.putValue(header.split(": ")[0], header.split(": ", 2)[1]);
        }
        try (OutputStream out = Files.newOutputStream(places.bundles().resolve(name + "-1.0.0.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        return this;
    }

    /** Writes a feature of these bundles; level 1 unless it says {@code name@level}. */
    TinyDistribution feature(String... bundles) throws IOException {
        String list = Arrays.stream(bundles)
                .map(bundle -> bundle.contains("@") ? bundle.split("@") : new String[] {bundle, "1"})
                .map(parts -> "{ \"id\": \"g:%s:1.0.0\", \"bundleStartLevel\": %s }".formatted(parts[0], parts[1]))
                .collect(Collectors.joining(",\n"));
        Files.writeString(places.feature(), """
                { "id": "g:f:1", "bundles": [ %s ],
                  "extensions": { "framework-launching-properties": { "type": "json", "json": {
                    "felix.service.urlhandlers": "false", "felix.log.level": "0", "org.osgi.framework.startlevel.beginning": "3" } } } }
                """.formatted(list));
        return this;
    }

    /** What is in the log; for messages of assertions, too. */
    String log() {
        Path file = places.platform().resolve("platform.log");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
