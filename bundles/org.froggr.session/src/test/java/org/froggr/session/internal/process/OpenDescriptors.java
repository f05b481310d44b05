package org.froggr.session.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Descriptors of this process. */
final class OpenDescriptors {
    private OpenDescriptors() {}

    /** How many are of kinds that this package opens, below {@code home} or of the kernel. */
    static long count(Path home) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(OpenDescriptors::target)
                    .filter(t -> t.startsWith("anon_inode:") || t.startsWith("pipe:") || t.startsWith("mnt:")
                            || t.contains("/mountinfo") || t.startsWith(home.toString()))
                    .count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // It was the one that the directory is listed by.
            return "";
        }
    }
}
