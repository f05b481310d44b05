package org.froggr.itests.harness;

/** Makes bytes readable in a test report. */
final class ShellText {
    private static final int MOST_CHARACTERS = 6000;

    private ShellText() {}

    static String visible(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(MOST_CHARACTERS).forEach(c -> append((char) c, out));
        return text.length() > MOST_CHARACTERS ? out.append('…').toString() : out.toString();
    }

    private static void append(char c, StringBuilder out) {
        if (c == '\n' || c == '\t' || c >= ' ' && c != 0x7f && !Character.isSurrogate(c)) {
            out.append(c);
        } else {
            out.append(String.format("\\x%02x", c & 0xff));
        }
    }
}
