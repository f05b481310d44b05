package org.froggr.backend.kernel.internal;

import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;

/**
 * Command lines of mount(8) and umount(8) that do as they are told: paths are not canonicalised
 * ({@code -c}) and no helper programs are called ({@code -i}).
 */
final class Programs {
    private Programs() {}

    static List<BytePath> mount(String propagation, String options, BytePath source, BytePath target) {
        return words(List.of("mount", "-c", "-i", propagation, "-o", options, "--"), source, target);
    }

    static List<BytePath> unmount(BytePath target) {
        return words(List.of("umount", "-c", "-i", "--"), target);
    }

    static List<BytePath> unmount(String how, BytePath target) {
        return words(List.of("umount", "-c", "-i", how, "--"), target);
    }

    static List<BytePath> nothing() {
        // With an argument, since the session's process runs no program without one.
        return words(List.of("true", "--"));
    }

    private static List<BytePath> words(List<String> plain, BytePath... paths) {
        return Stream.concat(plain.stream().map(BytePath::of), Stream.of(paths)).toList();
    }
}
