package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.froggr.session.internal.store.RecordingLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the supervising loop says of the platform before. */
class PredecessorTest {
    private final RecordingLogger log = new RecordingLogger();

    private Optional<Predecessor> take(String pid, String status, String uptime) {
        Map<String, String> said =
                Map.of("froggr.ended.pid", pid, "froggr.ended.status", status, "froggr.ended.uptime", uptime);
        return Predecessor.take(said::get, log.logger());
    }

    @Test
    void itIsUnderstood() {
        assertEquals(new Predecessor(4711, true, 137, Duration.ofMillis(12340)), take("4711", "137", "12.34").get());
        assertFalse(take("4711", "134", "12.34").get().killed());
        assertEquals(0, log.lines().size());
        assertEquals(Optional.empty(), Predecessor.take(name -> null, log.logger()));
    }

    /** Whatever somebody put into FROGGR_JAVA_OPTS: the session manager starts. */
    @ParameterizedTest
    @CsvSource({"'',137,1.0", "x,137,1.0", "1,,1.0", "1,9 9,1.0", "1,137,''", "1,137,later", "1,137,NaN", "1,137,-1"})
    void nonsenseCountsAsNothingAndIsSaid(String pid, String status, String uptime) {
        assertEquals(Optional.empty(), take(pid, status == null ? "" : status, uptime));
        assertTrue(log.lines().get(0).contains("is not understood"));
    }

    @Test
    void aTimeThatNobodyCanCountIsNonsenseToo() {
        assertEquals(Optional.empty(), take("1", "137", "1e300"));
    }
}
