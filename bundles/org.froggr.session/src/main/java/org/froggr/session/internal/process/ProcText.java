package org.froggr.session.internal.process;

import java.util.Optional;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Processes;

/** Small text files of the kernel, in {@code /proc} and {@code /sys}. */
final class ProcText {
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private ProcText() {}

    static String read(BytePath file) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(file, Fd.O_RDONLY, 0))) {
            return ByteText.decode(Fd.readFully(fd.number(), MAX_BYTES));
        }
    }

    /** Its text, if it is there and may be read. */
    static Optional<String> find(BytePath file) {
        try {
            return Optional.of(read(file));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    static boolean exists(BytePath file) {
        try {
            return At.exists(Fd.AT_FDCWD, file);
        } catch (ErrnoException e) {
            return false;
        }
    }

    /** All processes that can be seen; none where there is no {@code /proc}. */
    static long[] processes() {
        try {
            return Processes.all();
        } catch (ErrnoException e) {
            return new long[0];
        }
    }

    /** The number that is all its text. */
    static OptionalLong number(BytePath file) {
        return find(file)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }
}
