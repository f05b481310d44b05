package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Snapshot;
import org.froggr.itests.harness.Wait;

/** A command that is interrupted has finished or rolled back, never half. */
final class InterruptIT {
    private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15, "HUP", 1);

    @FrgTest({ROOT, USER})
    void whileTheBackendHangs(Froggr frg) {
        ThirdPartyIT.install(frg, "first");
        frg.directory("t");
        Snapshot before = frg.snapshot();
        SIGNALS.forEach((name, number) -> {
            try (Running command = frg.start(frg.withMode("mount", "hello:silent", frg.path("t")))) {
                Wait.until("the session is being made", Duration.ofSeconds(10), () -> !frg.processes()
                        .isEmpty());
                Processes.signal(name, command.pid());
                Result result = command.end(Duration.ofSeconds(20));
                result.require(result.status() == 128 + number || result.status() == 75, "died of the signal, or 75");
            }
            Wait.until("all is rolled back", Duration.ofSeconds(20), () -> frg.snapshot()
                    .equals(before));
        });
        ThirdPartyIT.remove(frg);
    }

    @FrgTest({ROOT, USER})
    void atAnyMoment(Froggr frg) {
        frg.directory("s", "t");
        for (int delayMillis = 0; delayMillis < 40; delayMillis += 4) {
            String script =
                    "timeout -s INT 0.0" + (delayMillis < 10 ? "0" : "") + delayMillis + " \"$FRG\" \"$@\"; true";
            frg.sh(script, frg.withMode("mount", frg.path("s"), frg.path("t")));
            Wait.until("whole or not at all", Duration.ofSeconds(10), () -> {
                int sessions = frg.sessions().size();
                boolean mounted =
                        sessions == 1 && frg.sessions().get(0).path("mounts").asInt() == 1;
                return sessions == 0 || mounted;
            });
            frg.run("session", "-p").ok();
            assertEquals(0, frg.snapshot().sessions().size());
        }
    }

    @FrgTest({ROOT, USER})
    void aReaderThatEndsEarly(Froggr frg) {
        frg.directory("s", "t");
        frg.sh("\"$FRG\" \"$@\" | :", frg.withMode("mount", frg.path("s"), frg.path("t")));
        Wait.until(
                "the mount is whole",
                Duration.ofSeconds(10),
                () -> frg.sessions().size() == 1
                        && frg.sessions().get(0).path("mounts").asInt() == 1);
        assertTrue(frg.run("unmount", frg.path("t")).ok().outBytes().length == 0);
    }
}
