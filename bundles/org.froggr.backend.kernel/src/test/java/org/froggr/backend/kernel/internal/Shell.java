package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.linux.Spawn;

/** Scripts of sh(1), started from the calling thread and so in its mount namespace. */
final class Shell {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Shell() {}

    /** Runs a script to its end, which must be a success; the arguments are its {@code $1} and so on. */
    static void run(String script, BytePath... arguments) throws Exception {
        assertEquals(OptionalInt.of(0), Spawn.await(start(script, arguments), LIMIT), script);
    }

    /** @return its process id */
    static long start(String script, BytePath... arguments) throws Exception {
        Spawn shell = Spawn.of(BytePath.of("/bin/sh")).inheritEnvironment().arguments("sh", "-ec", script, "sh");
        for (BytePath argument : arguments) {
            shell.argument(argument.bytes());
        }
        return shell.start();
    }
}
