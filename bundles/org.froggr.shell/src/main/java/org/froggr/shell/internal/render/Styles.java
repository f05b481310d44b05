package org.froggr.shell.internal.render;

/**
 * Colours, or none of them (ECMA-48, 8.3.117 Select Graphic Rendition).
 *
 * @param on whether escape sequences may be used
 */
public record Styles(boolean on) {
    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    private String paint(String parameter, String text) {
        return on && !text.isEmpty() ? "\033[" + parameter + "m" + text + "\033[0m" : text;
    }
}
