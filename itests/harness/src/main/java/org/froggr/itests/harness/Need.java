package org.froggr.itests.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. What is missing skips the test by name, or fails it where
 * FROGGR_REQUIRE_ALL says that nothing may be skipped.
 */
public final class Need {
    private static final boolean ALL = "1".equals(System.getenv("FROGGR_REQUIRE_ALL"));

    private Need() {}

    static boolean isStrict() {
        return ALL;
    }

    /** Goes on only if the condition holds. */
    public static void that(boolean holds, String what) {
        if (!holds && ALL) {
            throw new AssertionError("FROGGR_REQUIRE_ALL is set, but there is no " + what);
        }
        Assumptions.assumeTrue(holds, "needs " + what);
    }

    /** Goes on only if the program is installed. */
    public static void program(String name) {
        that(Files.isExecutable(Path.of("/usr/bin", name)) || Files.isExecutable(Path.of("/bin", name)), name);
    }
}
