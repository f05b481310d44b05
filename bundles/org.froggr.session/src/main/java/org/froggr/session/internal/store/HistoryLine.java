package org.froggr.session.internal.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.session.HistoryEntry;

/** One line of {@code log.jsonl}. */
record HistoryLine(Instant at, String operation, List<String> arguments, String result, Duration duration)
        implements HistoryEntry {
    /** Chars of all arguments of a line together, which two longest paths do not exceed. */
    static final int MOST_CHARS = 8192;

    static String write(Instant at, String operation, List<String> arguments, String result, Duration duration) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", at);
        line.put("operation", operation);
        line.put("arguments", elide(arguments));
        line.put("result", elide(List.of(result)).get(0));
        line.put("micros", duration.toNanos() / 1000);
        return Json.write(line);
    }

    private static List<String> elide(List<String> arguments) {
        List<String> shown = new ArrayList<>();
        int room = MOST_CHARS;
        for (String argument : arguments) {
            if (argument.length() > room) {
                shown.add(argument.substring(0, room) + "…");
                return shown;
            }
            room -= argument.length();
            shown.add(argument);
        }
        return shown;
    }

    /** The entry, or empty if the line was cut off or is no such entry. */
    static Optional<HistoryEntry> read(String line) {
        try {
            Fields fields = Fields.of(Json.parse(line), "a line");
            return Optional.of(new HistoryLine(
                    fields.instant("at"),
                    fields.text("operation"),
                    fields.texts("arguments"),
                    fields.text("result"),
                    Duration.ofNanos(fields.number("micros") * 1000)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
