package org.froggr.itests.benchmark;

import java.util.Locale;

/** A table of what was measured, one section after the other. */
final class Report {
    private static final String LINE = "%-52s %12s %10s  %s%n";

    private final StringBuilder text = new StringBuilder();

    void section(String title, String unit, String reference) {
        text.append(String.format("%n" + LINE, title, unit, reference, "goal"));
        text.append("-".repeat(100)).append('\n');
    }

    /** A measurement without a goal; the ratio to a reference of 0 is not shown. */
    void line(String name, double value, double reference) {
        line(name, value, reference, "");
    }

    /** A measurement that should be at most {@code most}. */
    void line(String name, double value, double reference, String goal, double most) {
        boolean reached = value <= most;
        line(name, value, reference, goal + (reached ? "  reached" : "  MISSED"));
    }

    private void line(String name, double value, double reference, String goal) {
        String ratio = reference == 0 ? "" : String.format(Locale.ROOT, "%.2f x", value / reference);
        text.append(String.format(Locale.ROOT, LINE, name, String.format(Locale.ROOT, "%.2f", value), ratio, goal));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
