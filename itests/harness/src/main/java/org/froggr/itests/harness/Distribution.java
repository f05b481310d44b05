package org.froggr.itests.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The unpacked distribution under test. */
public final class Distribution {
    private Distribution() {}

    /** Its folder, from the system property {@code froggr.dist}. */
    public static Path folder() {
        String folder = System.getProperty("froggr.dist");
        if (folder == null || !Files.isExecutable(Path.of(folder, "bin/frg"))) {
            throw new IllegalStateException("no distribution at " + folder + ": build it, or set -Dfroggr.dist");
        }
        return Path.of(folder).toAbsolutePath().normalize();
    }

    /** A jar that the module itests-thirdparty built. */
    public static Path thirdParty(String name) {
        Path jar = Path.of(System.getProperty("froggr.thirdparty", "target"), name)
                .toAbsolutePath()
                .normalize();
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException("no bundle at " + jar);
        }
        return jar;
    }
}
