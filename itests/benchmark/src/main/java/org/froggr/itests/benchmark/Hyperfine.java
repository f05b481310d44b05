package org.froggr.itests.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.froggr.itests.harness.Froggr;

/**
 * Times commands with hyperfine(1), without a shell between. One run of each in turn, round after
 * round, so that whatever else the machine does meets all of them alike.
 */
final class Hyperfine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Froggr froggr;
    private final int rounds;
    private final Map<String, String> commands = new LinkedHashMap<>();

    Hyperfine(Froggr froggr, int rounds) {
        this.froggr = froggr;
        this.rounds = rounds;
    }

    /** Adds a command, as words of a shell. */
    Hyperfine add(String name, String command) {
        commands.put(name, command);
        return this;
    }

    /** Median wall time of each in milliseconds. */
    Map<String, Double> run() {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        commands.keySet().forEach(name -> times.put(name, new ArrayList<>()));
        for (int round = -1; round < rounds; round++) {
            JsonNode results = round();
            int index = 0;
            for (List<Double> list : times.values()) {
                // The first round warms up.
                if (round >= 0) {
                    results.get(index).path("times").forEach(time -> list.add(time.asDouble() * 1000));
                }
                index++;
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, list) -> medians.put(name, median(list)));
        return medians;
    }

    private JsonNode round() {
        List<String> words = new ArrayList<>(Arrays.asList("-N", "--runs", "1", "--export-json", "times.json"));
        words.addAll(commands.values());
        froggr.sh(
                        "hyperfine \"$@\" >hyperfine.out 2>&1 || { cat hyperfine.out; exit 1; }",
                        words.toArray(String[]::new))
                .ok();
        try {
            return JSON.readTree(froggr.sh("cat times.json").ok().outBytes()).path("results");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
