package org.froggr.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A clock that jumps must have no effect. It cannot be set here without harm to others, so this looks at the
 * source: nothing that waits may ask for the time of day.
 */
final class ClockIT {
    private static final Pattern TIME_OF_DAY = Pattern.compile("currentTimeMillis|new Date\\(|date \\+%s");

    /** Compare a file's time stamp, which is of the same clock, and wait for nothing by it. */
    private static final Set<String> COMPARE_TIME_STAMPS =
            Set.of("org/froggr/backend/local/internal/LocalNode.java", "org/froggr/fuse/internal/Intents.java");

    @Test
    void nothingThatWaitsAsksForTheTimeOfDay() throws IOException {
        Path project = Path.of(System.getProperty("froggr.project"));
        try (Stream<Path> files = Files.walk(project)) {
            List<Path> asking = files.filter(file -> isProduct(project.relativize(file).toString()))
                    .filter(ClockIT::asks)
                    .toList();
            assertEquals(List.of(), asking);
        }
    }

    private static boolean isProduct(String file) {
        return file.contains("src/main/java/org/froggr/") && file.endsWith(".java") && !file.startsWith("itests")
                        && COMPARE_TIME_STAMPS.stream().noneMatch(file::endsWith)
                || file.startsWith("launcher/src/main/dist/bin/")
                || file.startsWith("launcher/src/main/dist/lib/");
    }

    private static boolean asks(Path file) {
        try {
            return TIME_OF_DAY.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
