package org.froggr.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The framework's cache of installed bundles. Kept from one start to the next, which halves the time
 * to the first answer, as long as the feature file and the jars are the ones it was made from.
 */
final class BundleCache {
    private final Places places;
    private final String name;
    private final Path stamp;

    /** @param name of its directory: two platforms, of which one stands by, have one each */
    BundleCache(Places places, String name) {
        this.places = places;
        this.name = name;
        this.stamp = places.cache().resolve(name + ".stamp");
    }

    Path directory() {
        return places.cache().resolve(name);
    }

    /** Whether it was completed for exactly this distribution. */
    boolean isValid() throws IOException {
        try {
            return Files.readString(stamp).equals(signature());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Has it count as invalid until {@link #complete}: a start that is cut short leaves no half cache in use. */
    void invalidate() throws IOException {
        Files.deleteIfExists(stamp);
    }

    void complete() throws IOException {
        Path next = stamp.resolveSibling(name + ".stamp.new");
        Files.writeString(next, signature());
        Files.move(next, stamp, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The distribution's place, the feature file, and name, size and time of change of each jar (modification times are all the same in a release). */
    private String signature() throws IOException {
        TreeSet<String> jars = new TreeSet<>();
        try (Stream<Path> files = Files.list(places.bundles())) {
            for (Path file : files.toList()) {
                jars.add(file.getFileName() + " " + Files.size(file) + " "
                        + Files.getAttribute(file, "unix:ctime"));
            }
        }
        return places.dist() + "\n" + Files.readString(places.feature()) + "\n" + String.join("\n", jars) + "\n";
    }
}
