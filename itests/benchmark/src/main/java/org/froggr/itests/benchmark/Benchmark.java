package org.froggr.itests.benchmark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.World;

/**
 * Measures everything and prints the table. Run as root. Arguments: rounds and sessions, 40 and 1000
 * unless given.
 */
public final class Benchmark {
    private static final int COLD_STARTS = 5;

    private Benchmark() {}

    /** Exit status 0 whether the goals are reached or not: a busy machine is no defect. */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        int sessions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        Report report = measure(rounds, sessions, Math.min(rounds, COLD_STARTS));
        // Not closed: Maven, in whose process this runs, has more to say.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(report);
    }

    static Report measure(int rounds, int sessions, int coldStarts) {
        Report report = new Report();
        try (Froggr froggr = Froggr.in(World.ROOT)) {
            Commands.measure(froggr, rounds, report);
            Pairs.measure(froggr, rounds, report);
            InPlatform.measure(froggr, rounds * 50, report);
        }
        try (Froggr froggr = Froggr.in(World.ROOT)) {
            Crowd.measure(froggr, sessions, rounds, report);
        }
        ColdStart.measure(World.ROOT, coldStarts, report);
        return report;
    }
}
