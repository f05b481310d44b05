package org.froggr.itests.benchmark.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What was measured on one medium: medians by row and contender. */
final class Figures {
    private final Map<Row, Map<Contender, List<Double>>> values = new LinkedHashMap<>();

    void add(Row row, Contender contender, double value) {
        values.computeIfAbsent(row, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(value);
    }

    List<Row> rows() {
        return List.copyOf(values.keySet());
    }

    OptionalDouble median(Row row, String contender) {
        return of(row, each -> each.name().equals(contender)).findFirst();
    }

    /** The best of those meant, by median. */
    OptionalDouble best(Row row, Predicate<Contender> which) {
        var medians = of(row, which);
        return row.rate() ? medians.max() : medians.min();
    }

    private java.util.stream.DoubleStream of(Row row, Predicate<Contender> which) {
        return values.getOrDefault(row, Map.of()).entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToDouble(entry -> median(entry.getValue()));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
