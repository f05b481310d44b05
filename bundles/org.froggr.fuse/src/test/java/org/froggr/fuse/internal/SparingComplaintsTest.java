package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparingComplaintsTest {
    @Test
    void aFloodIsCutShort() {
        List<String> said = new ArrayList<>();
        Complaints complaints = new SparingComplaints((message, cause) -> said.add(message), "s1");
        for (int i = 0; i < 10_000; i++) {
            complaints.say("it failed", null);
        }
        assertEquals("s1: it failed", said.get(0));
        assertTrue(said.size() >= 9 && said.size() < 20, said.size() + " of 10,000");
    }
}
