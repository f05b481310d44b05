package org.froggr.shell.internal.gogo;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.osgi.service.log.Logger;

/**
 * {@code platform/history}: the lines typed in interactive shells, oldest first, one a line with
 * newlines and backslashes escaped. Several shells may append to it. A history that cannot be kept is
 * logged and stops nobody.
 */
final class HistoryFile {
    /** How many lines are kept. */
    static final int MOST_LINES = 1000;

    private static final int MOST_BYTES = 4 << 20;
    private static final BytePath NAME = BytePath.of("history");
    private static final BytePath NEW_NAME = BytePath.of("history.new");
    private static final int OWNER_ONLY = 0600;

    private final int directory;
    private final Logger logger;

    /** @param directory descriptor of {@code platform/} */
    HistoryFile(int directory, Logger logger) {
        this.directory = directory;
        this.logger = logger;
    }

    /** The newest {@link #MOST_LINES} lines; what is older is forgotten for good. */
    List<String> load() {
        try {
            List<String> all = read();
            List<String> kept = all.subList(Math.max(0, all.size() - MOST_LINES), all.size());
            if (kept.size() < all.size()) {
                rewrite(kept);
            }
            return kept.stream().map(HistoryFile::unescape).toList();
        } catch (ErrnoException e) {
            logger.warn("the history of the shell cannot be read", e);
            return List.of();
        }
    }

    private List<String> read() throws ErrnoException {
        try (OwnedFd file = open(NAME, Fd.O_RDONLY)) {
            return ByteText.decode(Fd.readFully(file.number(), MOST_BYTES)).lines().toList();
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return List.of();
            }
            if (e.is(Errno.EFBIG)) {
                At.unlink(directory, NAME);
                return List.of();
            }
            throw e;
        }
    }

    private void rewrite(List<String> lines) throws ErrnoException {
        try (OwnedFd file = open(NEW_NAME, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC)) {
            Fd.writeFully(file.number(), ByteText.encode(String.join("\n", lines) + "\n"));
            Fd.fsync(file.number());
        }
        At.rename(directory, NEW_NAME, directory, NAME);
    }

    /** Adds a line. One write, so that lines of two shells do not mix. */
    void append(String line) {
        try (OwnedFd file = open(NAME, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_APPEND)) {
            Fd.writeFully(file.number(), ByteText.encode(escape(line) + "\n"));
        } catch (ErrnoException e) {
            logger.warn("the history of the shell cannot be written", e);
        }
    }

    private OwnedFd open(BytePath name, int flags) throws ErrnoException {
        return OwnedFd.of(Fd.openat(directory, name, flags | Fd.O_NOFOLLOW | Fd.O_NONBLOCK, OWNER_ONLY));
    }

    private static String escape(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escaped = c == '\\' && i + 1 < line.length();
            out.append(escaped ? meaning(line.charAt(++i)) : c);
        }
        return out.toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escaped;
        };
    }
}
