package org.froggr.shell.internal.render;

/** Text in headed sections, each with fields or lines. */
public final class Sections {
    private static final int LABEL_WIDTH = 12;

    private final StringBuilder out = new StringBuilder();
    private final Styles styles;

    public Sections(Styles styles) {
        this.styles = styles;
    }

    public Sections heading(String title) {
        out.append(out.length() == 0 ? "" : "\n").append(styles.bold(title)).append('\n');
        return this;
    }

    public Sections field(String label, Object value) {
        String padded = label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
        out.append("  ").append(padded).append(value).append('\n');
        return this;
    }

    public Sections line(String text) {
        out.append("  ").append(text).append('\n');
        return this;
    }

    /** Lines of a table, indented. */
    public Sections table(Table table) {
        table.text().lines().forEach(this::line);
        return this;
    }

    public String text() {
        return out.toString();
    }
}
