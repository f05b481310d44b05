package org.froggr.api;


/**
 * Words of a POSIX shell (Shell Command Language, 2.2 Quoting). Plain words stay as they are, words
 * with spaces or specials are put in single quotes, and words with control characters or invalid
 * UTF-8 use {@code $'…'} (POSIX.1-2024), so that what is shown fits on one line and can be pasted.
 */
public final class ShellWord {
    private static final String SAFE = "%+,-./:=@_";

    private ShellWord() {}

    /** Quotes text as {@link ByteText} decodes it. */
    public static String quote(String text) {
        return quote(ByteText.encode(text));
    }

    /** Quotes bytes. */
    public static String quote(byte[] bytes) {
        String text = ByteText.decode(bytes);
        if (!text.isEmpty() && text.chars().allMatch(ShellWord::isSafe)) {
            return text;
        }
        if (text.chars().noneMatch(ShellWord::needsEscape)) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        StringBuilder out = new StringBuilder("$'");
        text.codePoints().forEach(c -> escape(c, out));
        return out.append('\'').toString();
    }

    private static boolean isSafe(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0);
    }

    private static boolean needsEscape(int c) {
        return Character.isISOControl(c) || ByteText.isEscape((char) c);
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '\\' -> out.append("\\\\");
            case '\'' -> out.append("\\'");
            default -> {
                if (c <= 0xffff && needsEscape(c)) {
                    for (byte b : ByteText.encode(Character.toString(c))) {
                        out.append(String.format("\\%03o", b & 0xff));
                    }
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

}
