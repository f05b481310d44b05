package org.froggr.shell.internal.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Columns of text. The last one is not padded; one of them may give way to fit a width. */
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;
    private final int columns;
    private int elastic = -1;

    private Table(int columns) {
        this.columns = columns;
        this.right = new boolean[columns];
    }

    public static Table withHeader(Styles styles, String... titles) {
        Table table = new Table(titles.length);
        table.row(Arrays.stream(titles).map(styles::bold).toArray(String[]::new));
        return table;
    }

    public static Table withoutHeader(int columns) {
        return new Table(columns);
    }

    /** Aligns a column, counted from 0, to the right. */
    public Table right(int column) {
        right[column] = true;
        return this;
    }

    /** Lets a column be cut when the table is too wide. */
    public Table elastic(int column) {
        elastic = column;
        return this;
    }

    public void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        rows.add(cells);
    }

    /** All of it, nothing cut. */
    public String text() {
        return text(Optional.empty());
    }

    /** The elastic column cut so that lines fit into this many columns, if there are that many. */
    public String text(Optional<Integer> fit) {
        int[] widths = widths();
        fit.ifPresent(most -> shrink(widths, most));
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> line(row, widths, out));
        return out.toString();
    }

    private int[] widths() {
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Width.of(row[i]));
            }
        }
        return widths;
    }

    private void shrink(int[] widths, int most) {
        int total = Arrays.stream(widths).sum() + GAP.length() * (columns - 1);
        if (elastic >= 0 && total > most) {
            int floor = Math.min(widths[elastic], NARROWEST);
            widths[elastic] = Math.max(floor, widths[elastic] - (total - most));
        }
    }

    private void line(String[] row, int[] widths, StringBuilder out) {
        int start = out.length();
        for (int i = 0; i < columns; i++) {
            String cell = i == elastic ? Width.keepEnd(row[i], widths[i]) : row[i];
            String padding = " ".repeat(Math.max(0, widths[i] - Width.of(cell)));
            out.append(i == 0 ? "" : GAP).append(right[i] ? padding + cell : cell + padding);
        }
        while (out.length() > start && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        out.append('\n');
    }
}
