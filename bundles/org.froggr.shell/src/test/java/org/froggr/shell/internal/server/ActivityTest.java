package org.froggr.shell.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.froggr.shell.internal.command.Activity;
import org.froggr.shell.internal.command.CommandRunner;
import org.froggr.shell.internal.command.VerbCatalogue;
import org.froggr.shell.internal.command.Version;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private long now;

    @Test
    void idleSinceTheEndOfTheLastCall() {
        Activity activity = new Activity(() -> now);
        now = Duration.ofMinutes(3).toNanos();
        assertEquals(Duration.ofMinutes(3), activity.idle());
        new CommandRunner(new VerbCatalogue(), activity, new Version("1"), Fakes.logger())
                .handle(new RecordingExchange("--version"));
        now = Duration.ofMinutes(4).toNanos();
        assertEquals(Duration.ofMinutes(1), activity.idle());
        activity.touch();
        assertEquals(Duration.ZERO, activity.idle());
    }
}
