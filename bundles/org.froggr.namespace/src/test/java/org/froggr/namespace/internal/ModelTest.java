package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random operations on unions and on the model of the rules, compared after each.
 *
 * <p>{@code -Dfroggr.model.operations=N} and {@code -Dfroggr.model.seed=S} do more of them, or those of a failure.
 */
class ModelTest {
    private static final int OPERATIONS = Integer.getInteger("froggr.model.operations", 300_000);
    private static final long SEED = Long.getLong("froggr.model.seed", System.nanoTime());
    private static final int IN_SEQUENCE = 150;
    private static final int ALL_EVERY = 25;

    @Test
    void theUnionDoesWhatTheRulesSay() {
        System.out.println("model check: -Dfroggr.model.seed=" + SEED);
        for (int done = 0; done < OPERATIONS; done += IN_SEQUENCE) {
            long seed = SEED + done / IN_SEQUENCE;
            ModelSetup setup = ModelSetup.random(seed);
            List<ModelOperation> operations = operations(seed);
            String difference = run(setup, operations, false);
            if (difference != null) {
                fail(report(setup, operations, difference));
            }
        }
    }

    private static List<ModelOperation> operations(long seed) {
        Random random = new Random(~seed);
        List<ModelOperation> operations = new ArrayList<>();
        for (int i = 0; i < IN_SEQUENCE; i++) {
            operations.add(ModelOperation.random(random));
        }
        return operations;
    }

    /** @return what differs, or null */
    private static String run(ModelSetup setup, List<ModelOperation> operations, boolean careful) {
        String difference = null;
        ModelRun run = null;
        try {
            run = new ModelRun(setup);
            run.compareAll();
            for (int i = 0; i < operations.size(); i++) {
                run.perform(operations.get(i), careful || i % ALL_EVERY == 0);
            }
            run.compareAll();
        } catch (Exception | AssertionError e) {
            difference = describe(e);
        }
        try {
            if (run != null) {
                run.close();
            }
        } catch (Exception | AssertionError e) {
            difference = difference == null ? describe(e) : difference;
        }
        return difference;
    }

    private static String describe(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = List.of(trace).stream().limit(12).map(Object::toString).collect(Collectors.joining("\n    "));
        return e + "\n    " + where;
    }

    private static String report(ModelSetup setup, List<ModelOperation> operations, String first) {
        List<ModelOperation> shortest = new ArrayList<>(operations);
        String difference = run(setup, shortest, true);
        if (difference == null) {
            return "seed " + setup.seed() + ", does not fail when everything is compared: " + first;
        }
        for (int chunk = shortest.size() / 2; chunk > 0; chunk /= 2) {
            for (int at = 0; at + chunk <= shortest.size(); ) {
                List<ModelOperation> without = new ArrayList<>(shortest);
                without.subList(at, at + chunk).clear();
                String still = run(setup, without, true);
                if (still == null) {
                    at += chunk;
                } else {
                    shortest = without;
                    difference = still;
                }
            }
        }
        return "-Dfroggr.model.seed=" + setup.seed() + "\n" + setup + "\n"
                + shortest.stream().map(op -> "  " + op).collect(Collectors.joining("\n"))
                + "\n" + difference;
    }

    /** One bad operation among many is found, and nothing else is shown. */
    @Test
    void aFailureIsFoundAndShortened() {
        ModelSetup setup = new ModelSetup(false, ModelSetup.Behind.NONE, List.of("o", ""), 1);
        List<ModelOperation> operations = new ArrayList<>(operations(1));
        operations.add(new ModelOperation(null, List.of("a"), List.of("a"), 0));
        String difference = run(setup, operations, false);
        assertNotNull(difference);
        List<String> shown = report(setup, operations, difference)
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("  "))
                .toList();
        assertEquals(List.of("  null a a 0"), shown);
    }
}
