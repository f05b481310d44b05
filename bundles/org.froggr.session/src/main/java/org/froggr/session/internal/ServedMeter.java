package org.froggr.session.internal;

import java.util.List;
import java.util.OptionalLong;
import org.froggr.api.session.Resource;
import org.froggr.session.internal.process.Usage;
import org.froggr.spi.presentation.FileService;

/** What the served trees of a session are used for, with a rate since the last measurement. */
final class ServedMeter {
    private static final long SHORTEST_NANOS = 200_000_000;

    private long operations;
    private long atNanos = System.nanoTime();
    private long rate;

    synchronized List<Resource> measure(FileService.Usage usage) {
        long now = System.nanoTime();
        long passed = now - atNanos;
        if (passed >= SHORTEST_NANOS) {
            rate = Math.round((usage.operations() - operations) * 1e9 / passed);
            operations = usage.operations();
            atNanos = now;
        }
        OptionalLong noLimit = OptionalLong.empty();
        return List.of(
                Usage.count("operations", usage.operations(), noLimit),
                Usage.count("operations/s", rate, noLimit),
                Usage.bytes("read", usage.bytesRead(), noLimit),
                Usage.bytes("written", usage.bytesWritten(), noLimit),
                Usage.count("handles", usage.handles(), noLimit),
                Usage.count("inodes", usage.nodes(), noLimit));
    }
}
