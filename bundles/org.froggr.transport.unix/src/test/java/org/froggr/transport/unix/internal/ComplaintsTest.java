package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    @Test
    void aFloodIsCutAndCounted() {
        TestLog log = new TestLog();
        AtomicLong time = new AtomicLong();
        Complaints complaints = new Complaints(log.logger, time::get);
        for (int i = 0; i < 1000; i++) {
            complaints.warn("rubbish {}", i);
        }
        assertEquals(20, log.warnings.size());
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        complaints.warn("rubbish {}", "again");
        assertEquals(22, log.warnings.size());
        assertTrue(log.has("980"), log.warnings::toString);
    }
}
