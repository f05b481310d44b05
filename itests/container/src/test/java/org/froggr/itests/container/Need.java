package org.froggr.itests.container;

import org.junit.Assume;

/**
 * What a test needs of the machine. What is missing skips the test, or fails it where FROGGR_REQUIRE_ALL
 * says that nothing may be skipped.
 */
final class Need {
    private Need() {}

    /** Goes on only if root runs the tests: mounts are made where everybody sees them. */
    static void root() {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (!isRoot && "1".equals(System.getenv("FROGGR_REQUIRE_ALL"))) {
            throw new AssertionError("FROGGR_REQUIRE_ALL is set, but root does not run this");
        }
        Assume.assumeTrue("needs root, to mount where everybody sees it", isRoot);
    }
}
