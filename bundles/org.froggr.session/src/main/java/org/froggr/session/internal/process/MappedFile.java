package org.froggr.session.internal.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.linux.Stat;

/**
 * A line of {@code /proc/PID/maps} (proc(5)) that names a file.
 *
 * @param device as {@link Stat#device()}
 */
record MappedFile(long device, BytePath path) {
    private static final int HEXADECIMAL = 16;

    /** Address, permissions, offset, device, inode, path. */
    private static final Pattern LINE =
            Pattern.compile("\\S+ \\S+ \\S+ ([0-9a-f]+):([0-9a-f]+) \\d+ +(/.*)", Pattern.DOTALL);

    static Optional<MappedFile> parse(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            return Optional.empty();
        }
        long device = Stat.device(
                Integer.parseInt(fields.group(1), HEXADECIMAL), Integer.parseInt(fields.group(2), HEXADECIMAL));
        // The kernel escapes newlines here, and nothing else.
        return Optional.of(new MappedFile(device, BytePath.of(fields.group(3).replace("\\012", "\n"))));
    }
}
