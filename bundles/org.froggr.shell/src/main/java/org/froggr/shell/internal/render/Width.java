package org.froggr.shell.internal.render;

import org.jline.utils.WCWidth;

/** How many columns of a terminal text takes (wcwidth(3)). */
final class Width {
    private static final String ELLIPSIS = "…";

    private Width() {}

    /** Columns of {@code text}, not counting sequences of {@link Styles}. */
    static int of(String text) {
        boolean simple = true;
        for (int i = 0; i < text.length() && simple; i++) {
            simple = text.charAt(i) >= ' ' && text.charAt(i) < 0x7f;
        }
        return simple ? text.length() : measure(text);
    }

    private static int measure(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            int escape = escapeLength(text, i);
            if (escape > 0) {
                i += escape;
            } else {
                int c = text.codePointAt(i);
                columns += columns(c);
                i += Character.charCount(c);
            }
        }
        return columns;
    }

    private static int escapeLength(String text, int at) {
        if (!text.startsWith("\033[", at)) {
            return 0;
        }
        return text.indexOf('m', at) - at + 1;
    }

    private static int columns(int c) {
        return Math.max(0, WCWidth.wcwidth(c));
    }

    /** {@code text} if it fits, else its end after an ellipsis: of a path, the end tells more. */
    static String keepEnd(String text, int most) {
        if (of(text) <= most) {
            return text;
        }
        int start = text.length();
        int used = 1;
        while (start > 0) {
            int c = text.codePointBefore(start);
            if (used + columns(c) > most) {
                break;
            }
            used += columns(c);
            start -= Character.charCount(c);
        }
        return ELLIPSIS + text.substring(start);
    }
}
