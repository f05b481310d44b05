package org.froggr.itests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Wait;
import org.froggr.itests.harness.World;

/** From nothing running to the first answer. */
final class ColdStart {
    private static final double MOST_SECONDS = 1.5;

    private ColdStart() {}

    static void measure(World world, int rounds, Report report) {
        report.section("Start from cold, until the first command is answered", "s", "");
        for (Path jdk : jdks()) {
            List<Double> fresh = new ArrayList<>();
            List<Double> kept = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                try (Froggr froggr = Froggr.in(world)) {
                    froggr.set("FROGGR_JAVA_HOME", jdk.toString())
                            .set("FROGGR_CDS", null)
                            .set("FROGGR_TRAIN_AFTER", "0");
                    fresh.add(start(froggr));
                    awaitArchive(froggr);
                    froggr.stopPlatform();
                    kept.add(start(froggr));
                    froggr.stopPlatform();
                }
            }
            String name = jdk.getFileName().toString();
            report.line(name + ", first start of a home", Hyperfine.median(fresh), 0, "under 1.5", MOST_SECONDS);
            report.line(name + ", later ones", Hyperfine.median(kept), 0, "under 1.5", MOST_SECONDS);
        }
    }

    private static double start(Froggr froggr) {
        long begin = System.nanoTime();
        froggr.run("session", "-l").ok();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The class-data archive is made in the background after the first start. */
    private static void awaitArchive(Froggr froggr) {
        Wait.holds(
                java.time.Duration.ofSeconds(30),
                () -> froggr.sh("ls \"$FROGGR_HOME\"/cache/classes-*.jsa").status() == 0);
    }

    /** JDK 17 and the newest. */
    private static List<Path> jdks() {
        TreeSet<Path> found = new TreeSet<>(Comparator.comparing(Path::toString));
        found.add(Path.of(System.getProperty("java.home")));
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            all.filter(path -> !Files.isSymbolicLink(path) && Files.isExecutable(path.resolve("bin/java")))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found);
    }
}
