package org.froggr.session.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.froggr.api.BytePath;
import org.froggr.api.ShellWord;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.NamespaceEntry;

/**
 * A namespace as lines that make it again, in the order in which it was made (ns(1) of Plan 9). Each
 * line is what follows {@code frg} on a command line:
 *
 * <pre>
 * mount [-c] [-R] [-o OPTIONS] [-t TYPE] SOURCE TARGET
 * bind [-b|-a|-r] [-c] [-R] [-o OPTIONS] SOURCE TARGET
 * </pre>
 *
 * <p>There is nothing in it that another session would not have as well: replayed in a fresh one, it
 * gives the same text. Mounts that a session was merely told of cannot be made by Froggr and stand there
 * as comments.
 */
public final class NamespaceText {
    /** The type of backend that needs no {@code -t}. */
    static final String DEFAULT_TYPE = "kernel";

    private NamespaceText() {}

    /**
     * What one line asks for.
     *
     * @param order {@link BindOrder#REPLACE} for a mount
     * @param type null if the line names none
     * @param source an absolute path or {@code scheme:rest}, as ByteText
     */
    public record Line(
            EntryKind kind,
            BindOrder order,
            boolean create,
            boolean recursive,
            List<String> options,
            String type,
            String source,
            BytePath target) {
        public Line {
            options = List.copyOf(options);
        }
    }

    /** The text, as ByteText: a line for each entry, each with a newline. */
    public static String render(List<? extends NamespaceEntry> entries) {
        return entries.stream().map(entry -> line(entry) + "\n").collect(Collectors.joining());
    }

    private static String line(NamespaceEntry entry) {
        boolean mount = entry.kind() == EntryKind.MOUNT;
        StringBuilder line = new StringBuilder(entry.reported() && mount ? "# reported: " : "");
        line.append(mount ? "mount" : "bind" + flag(entry.order()));
        line.append(entry.create() ? " -c" : "").append(entry.recursive() ? " -R" : "");
        if (!entry.options().isEmpty()) {
            line.append(" -o ").append(ShellWord.quote(String.join(",", entry.options())));
        }
        if (mount && needsType(entry)) {
            line.append(" -t ").append(ShellWord.quote(entry.type()));
        }
        line.append(' ').append(ShellWord.quote(entry.source()));
        return line.append(' ').append(entry.target().quoted()).toString();
    }

    /** A scheme selects its backend by itself. */
    private static boolean needsType(NamespaceEntry entry) {
        String type = entry.type();
        return type != null && !type.equals(DEFAULT_TYPE) && !entry.source().startsWith(type + ":");
    }

    private static String flag(BindOrder order) {
        return switch (order) {
            case BEFORE -> " -b";
            case AFTER -> " -a";
            case REPLACE -> " -r";
            case UNSPECIFIED -> "";
        };
    }

    /**
     * Reads what {@link #render} wrote, or a person: empty lines, comments and a leading {@code frg} are
     * skipped.
     *
     * @throws IllegalArgumentException naming the first line that means nothing
     */
    public static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (List<String> words : ShellLines.split(text)) {
            number++;
            if (!words.isEmpty()) {
                lines.add(parse(words, number));
            }
        }
        return lines;
    }

    private static Line parse(List<String> words, int number) {
        try {
            return new NamespaceLineParser(words).parse();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }
}
