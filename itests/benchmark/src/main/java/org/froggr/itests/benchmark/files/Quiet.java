package org.froggr.itests.benchmark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.froggr.itests.harness.Wait;

/**
 * Waits until the processors have nothing to do: servers go on working after a call that they are not waited for,
 * such as forgetting 50,000 inodes.
 */
final class Quiet {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofMillis(60);
    private static final double BUSY = 0.1;

    private long since = System.nanoTime();
    private long[] last = ticks();

    /** Returns when it is quiet, or after one second: another program may be at work. */
    void await() {
        since = System.nanoTime();
        last = ticks();
        Wait.holds(LIMIT, this::isQuiet);
    }

    private boolean isQuiet() {
        if (System.nanoTime() - since < INTERVAL.toNanos()) {
            return false;
        }
        long[] now = ticks();
        double busy = now[0] - last[0];
        double all = busy + now[1] - last[1];
        since = System.nanoTime();
        last = now;
        return all > 0 && busy / all <= BUSY;
    }

    /** Busy and idle time of all processors since boot, in ticks (proc(5), stat). */
    private static long[] ticks() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            long[] fields = Arrays.stream(lines.findFirst().orElseThrow().split(" +"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long idle = fields[3] + fields[4];
            return new long[] {Arrays.stream(fields).limit(8).sum() - idle, idle};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
