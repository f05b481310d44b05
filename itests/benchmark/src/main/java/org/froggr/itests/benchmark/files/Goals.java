package org.froggr.itests.benchmark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What the figures of a medium should be: each goal with the row that comes off worst, and all that miss it. */
final class Goals {
    private static final double NEARLY_NATIVE = 0.9;
    /** Two medians of the same thing differ by this much. */
    private static final double LEVEL = 0.95;

    private static final double MOST_COST_OF_A_UNION = 1.25;

    private final String medium;
    private final Figures figures;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(String medium, Figures figures) {
        this.medium = medium;
        this.figures = figures;
    }

    static List<Goal> of(String medium, Figures figures) {
        Goals goals = new Goals(medium, figures);
        if (medium.equals("tmpfs")) {
            goals.judge("data with passthrough", Contender.SERVED, Contender.NATIVE, NEARLY_NATIVE, Row::data);
        }
        goals.judge("without passthrough", Contender.SERVED_PLAIN, "bindfs", LEVEL, row -> true);
        for (String peer : List.of("mergerfs", "unionfs-fuse", "fuse-overlayfs")) {
            goals.judge("without passthrough", Contender.SERVED_PLAIN, peer, 1, row -> true);
        }
        goals.judge(
                "metadata of a union of 3",
                Contender.UNION,
                Contender.SERVED,
                1 / MOST_COST_OF_A_UNION,
                row -> !row.data());
        return goals.goals;
    }

    private void judge(String what, String name, String other, double least, Predicate<Row> rows) {
        double worst = Double.POSITIVE_INFINITY;
        List<String> missed = new ArrayList<>();
        for (Row row : figures.rows()) {
            OptionalDouble figure = figures.median(row, name);
            OptionalDouble reference = figures.median(row, other);
            if (rows.test(row) && figure.isPresent() && reference.isPresent()) {
                double speed = row.speed(figure.getAsDouble(), reference.getAsDouble());
                worst = Math.min(worst, speed);
                if (speed < least) {
                    missed.add(row.name() + " " + Table.number(speed));
                }
            }
        }
        if (worst < Double.POSITIVE_INFINITY) {
            String whole = medium + ", " + what + ": speed in the worst row, of " + other;
            goals.add(Goal.atLeast(whole, worst, least).because(String.join(", ", missed)));
        }
    }
}
