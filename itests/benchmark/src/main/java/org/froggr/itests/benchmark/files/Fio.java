package org.froggr.itests.benchmark.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes with fio(1). */
final class Fio {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RANDOM_PART = 4;

    private Fio() {}

    /**
     * One pass over a file. What the contender has cached of it is dropped before; what the file system below
     * has cached stays, so that no disk is measured. Taken from the mean latency: fio's own sums are in
     * milliseconds, too coarse for what takes a tenth of a second.
     */
    static double megabytesPerSecond(Mounted mounted, String pattern, String block, String file, int megabytes) {
        boolean random = pattern.startsWith("rand");
        String command = "fio --name=x --thread --ioengine=psync --fallocate=none --output-format=json --filename="
                + file + " --rw=" + pattern + " --bs=" + block + " --size=" + megabytes + "m --io_size="
                + (random ? Math.max(1, megabytes / RANDOM_PART) : megabytes) + "m --invalidate="
                + (mounted.contender().kind() == Contender.Kind.NATIVE ? 0 : 1);
        JsonNode job = parse(mounted.run(command).out()).path("jobs").path(0);
        JsonNode side = job.path(pattern.endsWith("read") ? "read" : "write");
        double nanos = side.path("lat_ns").path("mean").asDouble()
                * side.path("total_ios").asDouble();
        return side.path("io_bytes").asDouble() * 1e3 / nanos;
    }

    private static JsonNode parse(String text) {
        try {
            // Warnings come first.
            return JSON.readTree(text.substring(Math.max(0, text.indexOf("{\n"))));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
