package org.froggr.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.froggr.api.ByteText;

/** Text of a POSIX shell script. Java cannot hand arbitrary bytes to a program; a script can. */
final class Script {
    private Script() {}

    /** Words, each in single quotes, as {@link ByteText}. */
    static String words(String... words) {
        return Arrays.stream(words).map(Script::word).collect(Collectors.joining(" "));
    }

    private static String word(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static void write(Path file, String text) {
        try {
            Files.write(file, ByteText.encode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
