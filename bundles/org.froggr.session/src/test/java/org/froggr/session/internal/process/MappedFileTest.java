package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.linux.Stat;
import org.junit.jupiter.api.Test;

class MappedFileTest {
    @Test
    void readsDeviceAndPath() {
        String line = "7f00-7f01 r-xp 00002000 fd:1a 131 " + " ".repeat(20) + "/a b\\012c\udcff";
        MappedFile file = MappedFile.parse(line).orElseThrow();
        assertEquals(Stat.device(0xfd, 0x1a), file.device());
        assertEquals(BytePath.of("/a b\nc\udcff"), file.path());
    }

    @Test
    void passesOverMemoryWithoutAFile() {
        assertTrue(MappedFile.parse("7f00-7f01 rw-p 00000000 00:00 0 ").isEmpty());
        assertTrue(MappedFile.parse("7f00-7f01 rw-p 00000000 00:00 0    [heap]").isEmpty());
    }
}
