package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.froggr.api.BytePath;
import org.froggr.api.session.Resource;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResourceMeterTest {
    private static Map<String, Resource> measure(long anchor, UUID id) {
        return ResourceMeter.measure(anchor, id, 3, 1024).stream()
                .collect(Collectors.toMap(Resource::name, Function.identity()));
    }

    @Test
    void countsTheAnchorAndWhatRunsInside() throws Exception {
        try (TestHome home = new TestHome()) {
            Anchor anchor = home.launch(SessionMode.SHARED);
            assertTrue(anchor.ping(Duration.ofSeconds(20)));
            Map<String, Resource> alone = measure(anchor.pid(), anchor.id());
            assertEquals(1, alone.get("processes").used());
            assertTrue(alone.get("memory").used() > 10_000);
            assertTrue(alone.get("descriptors").used() >= 6);
            assertTrue(alone.get("descriptors").limit().orElseThrow() >= 6);
            assertEquals(Usage.count("mounts", 3, OptionalLong.of(1024)), alone.get("mounts"));

            start(home, "FROGGR_SESSION", anchor.id());
            start(home, "FROGGR_SESSION", UUID.randomUUID());
            Map<String, Resource> two = measure(anchor.pid(), anchor.id());
            assertEquals(2, two.get("processes").used());
            assertTrue(two.get("memory").used() > 10_000);
        }
    }

    private static void start(TestHome home, String name, UUID value) throws Exception {
        long pid = Spawn.of(BytePath.of("/bin/sleep"))
                .arguments("sleep", "1000")
                .environment(name, value.toString())
                .start();
        home.keep(Anchor.of(value, pid, ProcStat.startTime(pid), PidFd.open(pid)));
    }

    @Test
    void countsAllOfAPrivateNamespace() throws Exception {
        try (TestHome home = new TestHome()) {
            Anchor anchor = home.launch(SessionMode.PRIVATE);
            assertEquals(1, measure(anchor.pid(), anchor.id()).get("processes").used());
        }
    }

    @Test
    void aSessionWithoutProcessUsesNothing() {
        Map<String, Resource> none = measure(0, UUID.randomUUID());
        assertEquals(0, none.get("processes").used());
        assertEquals(0, none.get("memory").used());
        assertEquals(0, none.get("descriptors").used());
    }
}
