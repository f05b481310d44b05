package org.froggr.itests.benchmark.files;

import java.util.function.BiFunction;
import org.froggr.itests.harness.Result;

/**
 * A contender that is mounted.
 *
 * @param at where
 * @param runner runs a shell script with arguments where the mount is seen
 */
record Mounted(Contender contender, Medium medium, String at, BiFunction<String, String[], Result> runner) {
    static Mounted byRoot(Contender contender, Medium medium, String at) {
        return new Mounted(contender, medium, at, medium.stage()::root);
    }

    String name() {
        return contender.name();
    }

    /** Runs a shell script in the mount. */
    Result run(String script) {
        return runner.apply("cd \"$1\" && shift && " + script, new String[] {at});
    }

    /** Lets the load script work in the mount; what it printed. */
    double load(String work) {
        return Double.parseDouble(run(medium.stage().load() + " " + work).out().strip());
    }
}
