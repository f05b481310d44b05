package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.froggr.api.BytePath;
import org.froggr.linux.OwnedFd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bind and its undoing cost at most a millisecond inside the platform. */
class SpeedTest {
    private static final int ROUNDS = 501;
    private static final Duration LIMIT = Duration.ofMillis(1);

    private final TestPresent present = new TestPresent(new OwnSpace());

    @ParameterizedTest
    @EnumSource
    void bindAndUnbind(Sandbox.Root root) throws Exception {
        root.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            long[] nanos = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                present.unbind(present.bind(source, target, "ro"), target);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            // The quickest quarter: the rest tells of what else the machine does.
            Duration quick = Duration.ofNanos(nanos[ROUNDS / 4]);
            assertTrue(quick.compareTo(LIMIT) <= 0, quick::toString);
        });
    }
}
