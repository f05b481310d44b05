package org.froggr.shell.internal.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.shell.internal.render.Json;
import org.froggr.shell.internal.render.Styles;
import org.junit.jupiter.api.Test;

class PlatformStatusTest {
    private final PlatformStatus status = new PlatformStatus(
            77, Duration.ofMinutes(3), Optional.of(BytePath.of("/tmp/froggr")), "0.1.0", "VM 17", 20, 19,
            OptionalInt.of(4), OptionalLong.of(3 << 20), 1 << 20, List.of("pipe", "unix"), Optional.of(76L));

    @Test
    void jsonHasThePidAtTheTop() {
        assertEquals(
                "{\"running\":true,\"pid\":77,\"uptimeSeconds\":180,\"home\":\"/tmp/froggr\",\"version\":\"0.1.0\","
                        + "\"java\":\"VM 17\",\"bundles\":20,\"activeBundles\":19,\"sessions\":4,"
                        + "\"residentBytes\":3145728,\"heapBytes\":1048576,\"transports\":[\"pipe\",\"unix\"],"
                        + "\"supervisor\":76}",
                Json.write(status.json()));
    }

    @Test
    void textForPeople() {
        String text = status.text(new Styles(false));
        for (String line : List.of(
                "pid         77", "uptime      3m", "transports  pipe, unix", "supervisor  process 76",
                "memory      3.0 MiB, 1.0 MiB of Java objects", "bundles     20, 19 of them active")) {
            assertTrue(text.contains(line), text);
        }
    }
}
