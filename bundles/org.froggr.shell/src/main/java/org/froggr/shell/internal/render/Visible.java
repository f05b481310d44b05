package org.froggr.shell.internal.render;

import org.froggr.api.ByteText;
import org.froggr.api.ShellWord;

/** Text that cannot move a terminal's cursor, break a line or blur the columns of a table. */
public final class Visible {
    private Visible() {}

    /** As it is, or as one quoted word if it holds white space, control characters or invalid UTF-8. */
    public static String word(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> isUnseen(c) || Character.isWhitespace(c));
        return plain ? text : ShellWord.quote(text);
    }

    /** As it is, or quoted if it holds control characters or invalid UTF-8. */
    public static String line(String text) {
        return text.chars().noneMatch(Visible::isUnseen) ? text : ShellWord.quote(text);
    }

    /** Text of several lines: other control characters become {@code \\ooo}; bytes stay what they are. */
    public static String text(String text) {
        if (text.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c))) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c != '\n' && Character.isISOControl(c)) {
                out.append(String.format("\\%03o", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean isUnseen(int c) {
        return Character.isISOControl(c) || ByteText.isEscape((char) c) || Character.getType(c) == Character.FORMAT;
    }
}
