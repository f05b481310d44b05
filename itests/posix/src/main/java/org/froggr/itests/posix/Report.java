package org.froggr.itests.posix;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.froggr.itests.posix.Result.Verdict;

/** What came of a run: a table by category, the failures one by one, the sum. */
final class Report {
    private final List<Result> results;

    Report(List<Result> results) {
        this.results = List.copyOf(results);
    }

    long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    void print(PrintStream out, boolean skips) {
        for (Result result : results) {
            if (result.failed()) {
                out.println("FAIL " + result.id() + ": " + oneLine(result.detail()));
            } else if (skips && result.verdict() == Verdict.SKIP) {
                out.println("SKIP " + result.id() + ": " + result.detail());
            }
        }
        out.printf("%n%-18s %6s %6s %6s%n", "category", "pass", "fail", "skip");
        byCategory().forEach((category, counts) -> out.printf(
                "%-18s %6d %6d %6d%n",
                category,
                counts[Verdict.PASS.ordinal()],
                counts[Verdict.FAIL.ordinal()],
                counts[Verdict.SKIP.ordinal()]));
        out.printf("%-18s %6d %6d %6d%n", "all", count(Verdict.PASS), count(Verdict.FAIL), count(Verdict.SKIP));
    }

    private Map<String, int[]> byCategory() {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (Result result : results) {
            counts.computeIfAbsent(result.category(), c -> new int[Verdict.values().length])[
                    result.verdict().ordinal()]++;
        }
        return counts;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (char c : text.toCharArray()) {
            line.append(c >= ' ' && c != 127 && !Character.isSurrogate(c) ? c : String.format("\\x%02x", c & 0xff));
        }
        return line.toString();
    }

    /** {@code {pass, fail, skip, cases: [{id, category, verdict, detail, millis}]}}. */
    void write(Path file, String label) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode()
                .put("label", label)
                .put("pass", count(Verdict.PASS))
                .put("fail", count(Verdict.FAIL))
                .put("skip", count(Verdict.SKIP));
        ArrayNode cases = all.putArray("cases");
        for (Result result : results) {
            cases.addObject()
                    .put("id", result.id())
                    .put("category", result.category())
                    .put("verdict", result.verdict().name())
                    .put("detail", result.detail())
                    .put("millis", result.millis());
        }
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }
}
