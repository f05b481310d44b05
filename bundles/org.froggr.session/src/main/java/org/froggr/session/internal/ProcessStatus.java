package org.froggr.session.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;

/** Fields of {@code /proc/PID/status} (proc(5)). */
final class ProcessStatus {
    private static final int MOST_BYTES = 1 << 16;

    private ProcessStatus() {}

    /**
     * A field's value without blanks around it.
     *
     * @param process a process id, or {@code self}
     * @param name of the field, without the colon
     */
    static Optional<String> field(String process, String name) throws ErrnoException {
        int fd = Fd.open(BytePath.of("/proc/" + process + "/status"), Fd.O_RDONLY, 0);
        try {
            String prefix = name + ":";
            return new String(Fd.readFully(fd, MOST_BYTES), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).trim())
                    .findFirst();
        } finally {
            Fd.closeQuietly(fd);
        }
    }
}
