package org.froggr.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;

/**
 * Parses one mount table. Per proc(5), fields are separated by single spaces (and may be empty), a
 * {@code -} ends the optional ones, and the kernel writes space, tab, newline, backslash and {@code #} in
 * paths as a backslash and three octal digits.
 */
final class MountInfoParser {
    private static final byte[] DELETED = ByteText.encode("//deleted");

    private final byte[] table;
    /** Few different ones occur, in many lines. */
    private final Map<String, List<String>> optionLists = new HashMap<>();

    private final Map<String, String> texts = new HashMap<>();
    private int at;
    private int lineEnd;

    MountInfoParser(byte[] table) {
        this.table = table;
    }

    List<MountInfo.Entry> parse() {
        List<MountInfo.Entry> entries = new ArrayList<>();
        while (at < table.length) {
            int lineStart = at;
            lineEnd = indexOf('\n', table.length);
            try {
                entries.add(entry());
            } catch (NumberFormatException e) {
                String line = ByteText.decode(Arrays.copyOfRange(table, lineStart, lineEnd));
                throw new IllegalArgumentException("not a line of mountinfo: " + line, e);
            }
            at = lineEnd + 1;
        }
        return entries;
    }

    private MountInfo.Entry entry() {
        int id = number(' ');
        int parent = number(' ');
        int major = number(':');
        int minor = number(' ');
        byte[] root = unescaped();
        byte[] mountPoint = unescaped();
        List<String> options = optionLists.computeIfAbsent(text(), s -> List.of(s.split(",")));
        OptionalInt shared = OptionalInt.empty();
        OptionalInt master = OptionalInt.empty();
        for (String field = optional(); !field.equals("-"); field = optional()) {
            if (field.startsWith("shared:")) {
                shared = groupOf(field);
            } else if (field.startsWith("master:")) {
                master = groupOf(field);
            }
        }
        return new MountInfo.Entry(
                id,
                parent,
                major,
                minor,
                path(root),
                path(mountPoint),
                options,
                shared,
                master,
                text(),
                BytePath.of(unescaped()),
                ByteText.decode(unescaped()),
                isDeleted(root),
                isDeleted(mountPoint));
    }

    /** A number and the character behind it. */
    private int number(char end) {
        int start = at;
        int value = 0;
        while (at < lineEnd && table[at] >= '0' && table[at] <= '9') {
            value = value * 10 + table[at++] - '0';
        }
        if (at == start || at == lineEnd || table[at++] != end) {
            throw new NumberFormatException("no number");
        }
        return value;
    }

    private String optional() {
        if (at >= lineEnd) {
            throw new NumberFormatException("no separator");
        }
        return text();
    }

    private static OptionalInt groupOf(String field) {
        return OptionalInt.of(Integer.parseInt(field, field.indexOf(':') + 1, field.length(), 10));
    }

    /** A name never holds two slashes, so the suffix cannot be part of a path. */
    private static boolean isDeleted(byte[] path) {
        int start = path.length - DELETED.length;
        return start >= 0 && Arrays.equals(path, start, path.length, DELETED, 0, DELETED.length);
    }

    private static BytePath path(byte[] bytes) {
        if (!isDeleted(bytes)) {
            return BytePath.of(bytes);
        }
        return BytePath.of(Arrays.copyOf(bytes, bytes.length - DELETED.length));
    }

    private String text() {
        String text = ByteText.decode(unescaped());
        return texts.size() > 1000 ? text : texts.computeIfAbsent(text, t -> t);
    }

    /** The next field, with its octal escapes replaced by the bytes they stand for. */
    private byte[] unescaped() {
        int end = indexOf(' ', lineEnd);
        int start = at;
        at = indexOf('\\', end);
        if (at == end) {
            at = Math.min(end + 1, lineEnd);
            return Arrays.copyOfRange(table, start, end);
        }
        at = start;
        return decoded(end);
    }

    private byte[] decoded(int end) {
        byte[] out = new byte[end - at];
        int length = 0;
        while (at < end) {
            if (table[at] == '\\' && at + 3 < end && isOctal(at + 1) && isOctal(at + 2) && isOctal(at + 3)) {
                int high = (table[at + 1] - '0') << 6 | (table[at + 2] - '0') << 3;
                out[length++] = (byte) (high | (table[at + 3] - '0'));
                at += 4;
            } else {
                out[length++] = table[at++];
            }
        }
        at = Math.min(end + 1, lineEnd);
        return Arrays.copyOf(out, length);
    }

    private boolean isOctal(int index) {
        return table[index] >= '0' && table[index] <= '7';
    }

    private int indexOf(char wanted, int limit) {
        for (int i = at; i < limit; i++) {
            if (table[i] == wanted) {
                return i;
            }
        }
        return limit;
    }
}
