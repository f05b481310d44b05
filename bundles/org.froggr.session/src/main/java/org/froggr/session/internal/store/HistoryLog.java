package org.froggr.session.internal.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.HistoryEntry;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;

/**
 * The operation history: {@code log.jsonl}, one JSON object a line, and the file before it, {@code
 * log.jsonl.1}. When the first is full, it becomes the second; so the newest {@code bound} entries are
 * always there, and never more than twice as many. Safe from any thread.
 */
public final class HistoryLog {
    static final BytePath NAME = BytePath.of("log.jsonl");
    static final BytePath OLD = BytePath.of("log.jsonl.1");

    private static final int APPEND = Fd.O_RDWR | Fd.O_CREAT | Fd.O_APPEND | Fd.O_NOFOLLOW | Fd.O_NONBLOCK;
    private static final int MODE = 0600;
    private static final int UNKNOWN = -1;

    private final SessionDirectory session;
    private final int bound;
    private int lines = UNKNOWN;

    HistoryLog(SessionDirectory session, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("a history of " + bound + " entries");
        }
        this.session = session;
        this.bound = bound;
    }

    int bound() {
        return bound;
    }

    /**
     * Adds an entry. Very long arguments are elided.
     *
     * @param arguments as ByteText
     * @param result {@code ok}, or code and message of the error
     */
    public synchronized void append(
            Instant at, String operation, List<String> arguments, String result, Duration duration)
            throws ErrnoException {
        String line = HistoryLine.write(at, operation, arguments, result, duration) + "\n";
        session.inside(directory -> {
            append(directory, line.getBytes(StandardCharsets.US_ASCII));
            return null;
        });
    }

    private void append(int directory, byte[] line) throws ErrnoException {
        if (lines == UNKNOWN) {
            lines = endLastLine(directory);
        }
        if (lines >= bound) {
            At.rename(directory, NAME, directory, OLD);
            lines = 0;
        }
        int before = lines;
        // Should the write fail half-way, the next one looks at the file again.
        lines = UNKNOWN;
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, NAME, APPEND, MODE))) {
            Fd.writeFully(file.number(), line);
        }
        lines = before + 1;
    }

    /** Counts the lines; a last one that a crash cut off is ended, so that the next starts on its own. */
    private static int endLastLine(int directory) throws ErrnoException {
        byte[] content = AtomicFile.read(directory, NAME);
        if (content == null || content.length == 0) {
            return 0;
        }
        int count = 0;
        for (byte b : content) {
            count += b == '\n' ? 1 : 0;
        }
        if (content[content.length - 1] == '\n') {
            return count;
        }
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, NAME, APPEND, MODE))) {
            Fd.writeFully(file.number(), new byte[] {'\n'});
        }
        return count + 1;
    }

    /** The newest {@code most} entries, but no more than the bound, oldest first; bad lines are left out. */
    public synchronized List<HistoryEntry> tail(int most) throws ErrnoException {
        List<HistoryEntry> entries = new ArrayList<>();
        session.inside(directory -> {
            addAll(AtomicFile.read(directory, OLD), entries);
            addAll(AtomicFile.read(directory, NAME), entries);
            return null;
        });
        int wanted = Math.min(Math.min(Math.max(most, 0), bound), entries.size());
        return List.copyOf(entries.subList(entries.size() - wanted, entries.size()));
    }

    private static void addAll(byte[] content, List<HistoryEntry> entries) {
        if (content != null) {
            ByteText.decode(content).lines().forEach(line -> HistoryLine.read(line).ifPresent(entries::add));
        }
    }
}
