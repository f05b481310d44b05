package org.froggr.itests.benchmark.files;

import static org.froggr.itests.benchmark.files.Contender.NATIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Figures as Markdown: each with its speed beside the medium itself, and ours beside the best of the others. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    /** One medium's figures. */
    Table figures(String medium, Figures figures, List<Contender> contenders) {
        text.append("\n## ").append(medium).append("\n\n");
        List<String> head = new ArrayList<>(List.of("", "unit"));
        contenders.forEach(contender -> head.add(contender.name()));
        List<Contender> ours = contenders.stream()
                .filter(contender -> isCompared(contender, contenders))
                .toList();
        ours.forEach(contender -> head.add(contender.name() + " : best peer"));
        line(head);
        line(head.stream().map(cell -> "---").toList());
        for (Row row : figures.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.name(), row.unit()));
            contenders.forEach(contender -> cells.add(cell(figures, row, contender)));
            ours.forEach(contender -> cells.add(beside(figures, row, contender)));
            line(cells);
        }
        return this;
    }

    private static boolean isCompared(Contender contender, List<Contender> contenders) {
        return contender.ours() && contenders.stream().anyMatch(peersOf(contender));
    }

    /** A single tree is compared with all others, a union with the other unions. */
    static Predicate<Contender> peersOf(Contender ours) {
        return other -> !other.ours()
                && other.kind() != Contender.Kind.NATIVE
                && (ours.kind() == Contender.Kind.SINGLE || other.kind() == Contender.Kind.UNION);
    }

    private static String cell(Figures figures, Row row, Contender contender) {
        OptionalDouble figure = figures.median(row, contender.name());
        OptionalDouble reference = figures.median(row, NATIVE);
        if (figure.isEmpty()) {
            return "–";
        }
        String number = number(figure.getAsDouble());
        return reference.isEmpty() || contender.name().equals(NATIVE)
                ? number
                : number + " (" + ratio(row.speed(figure.getAsDouble(), reference.getAsDouble())) + ")";
    }

    private static String beside(Figures figures, Row row, Contender contender) {
        OptionalDouble figure = figures.median(row, contender.name());
        OptionalDouble best = figures.best(row, peersOf(contender));
        return figure.isEmpty() || best.isEmpty() ? "–" : ratio(row.speed(figure.getAsDouble(), best.getAsDouble()));
    }

    /** Lines of one figure each, with what it should be at most, or nothing. */
    Table list(String title, List<Goal> goals) {
        text.append("\n## ").append(title).append("\n\n");
        line(List.of("", "measured", "goal", ""));
        line(List.of("---", "---", "---", "---"));
        for (Goal goal : goals) {
            line(List.of(goal.what(), number(goal.figure()), goal.wanted(), goal.verdict()));
        }
        return this;
    }

    private void line(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    static String number(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
