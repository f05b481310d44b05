package org.froggr.itests.posix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.froggr.itests.posix.Result.Verdict;

/** The results of several runs side by side: failures by category, and the sums. */
final class Comparison {
    private static final int LABEL = 18;

    private final List<String> labels = new ArrayList<>();
    private final Map<String, int[]> failures = new LinkedHashMap<>();
    private final List<JsonNode> runs = new ArrayList<>();

    private Comparison() {}

    /** Of files that {@link Report#write} wrote, in their order. */
    static Comparison of(List<Path> files) throws IOException {
        Comparison comparison = new Comparison();
        for (Path file : files) {
            JsonNode run = new ObjectMapper().readTree(file.toFile());
            comparison.labels.add(run.get("label").asText());
            comparison.runs.add(run);
        }
        for (int i = 0; i < comparison.runs.size(); i++) {
            for (JsonNode one : comparison.runs.get(i).get("cases")) {
                int[] counts = comparison.failures.computeIfAbsent(
                        one.get("category").asText(), category -> new int[files.size()]);
                if (one.get("verdict").asText().equals(Verdict.FAIL.name())) {
                    counts[i]++;
                }
            }
        }
        return comparison;
    }

    void print(PrintStream out) {
        int width = labels.stream().mapToInt(String::length).max().orElse(0) + 2;
        line(out, "failures", labels, width);
        failures.forEach((category, counts) -> {
            List<String> cells = new ArrayList<>();
            for (int count : counts) {
                cells.add(count == 0 ? "." : Integer.toString(count));
            }
            line(out, category, cells, width);
        });
        for (String sum : new String[] {"pass", "fail", "skip"}) {
            line(out, "all: " + sum, runs.stream().map(run -> run.get(sum).asText()).toList(), width);
        }
    }

    private static void line(PrintStream out, String name, List<String> cells, int width) {
        StringBuilder line = new StringBuilder(String.format("%-" + LABEL + "s", name));
        cells.forEach(cell -> line.append(String.format("%" + width + "s", cell)));
        out.println(line);
    }
}
