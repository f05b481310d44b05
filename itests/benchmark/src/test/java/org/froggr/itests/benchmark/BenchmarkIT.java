package org.froggr.itests.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.itests.harness.Need;
import org.junit.jupiter.api.Test;

/** The benchmark itself works; what it measures here says nothing. */
final class BenchmarkIT {
    @Test
    void measuresEverything() {
        Need.that("root".equals(System.getProperty("user.name")), "root, to mount");
        for (String program : new String[] {"hyperfine", "tmux", "bwrap", "bindfs", "mergerfs"}) {
            Need.program(program);
        }
        String report = Benchmark.measure(2, 5, 1).toString();
        for (String line :
                new String[] {"frg session -l", "bindfs", "bind and unmount", "memory of one", "adoption", "later ones"
                }) {
            assertTrue(report.contains(line), line + " in\n" + report);
        }
    }
}
