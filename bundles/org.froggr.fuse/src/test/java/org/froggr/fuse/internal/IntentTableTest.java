package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.linux.Fd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record itself: what is in it, whose it is, and what becomes of one that is damaged. */
class IntentTableTest {
    private static final int MKDIR = FuseOpcode.MKDIR.number();
    private static final int BYTES = (IntentTable.SLOTS + 1) * IntentTable.SLOT;

    private Path directory;
    private int descriptor;

    @BeforeEach
    void begin() throws Exception {
        directory = Files.createTempDirectory("froggr-intents-");
        descriptor = Fd.open(BytePath.of(directory.toString()), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
    }

    @AfterEach
    void end() throws Exception {
        Fd.close(descriptor);
        Files.deleteIfExists(file());
        Files.delete(directory);
    }

    private Path file() {
        return directory.resolve(IntentTable.FILE);
    }

    private IntentTable open(boolean isTakenOver) throws Exception {
        return IntentTable.open(descriptor, isTakenOver);
    }

    @Test
    void whatIsNotedIsThereForASuccessor() throws Exception {
        IntentTable former = open(false);
        former.begin(10, MKDIR, 0, 1, 2, 3);
        former.done(former.begin(12, MKDIR, 0, 4, 5, 6), -17);
        former.end(former.begin(14, MKDIR, 0, 0, 0, 0));
        try (IntentTable table = open(true)) {
            assertEquals(2, table.taken());
            int begun = table.join(10, MKDIR, IntentTable.NONE);
            assertFalse(table.isDone(begun));
            assertEquals(1, table.startMillis(begun));
            assertEquals(2, table.first(begun));
            assertEquals(3, table.second(begun));
            int done = table.join(12, MKDIR, IntentTable.NONE);
            assertTrue(table.isDone(done));
            assertEquals(-17, table.result(done));
            assertEquals(IntentTable.NONE, table.join(14, MKDIR, IntentTable.NONE));
            assertEquals(IntentTable.NONE, table.join(10, FuseOpcode.RMDIR.number(), IntentTable.NONE), "another operation");
            table.end(begun);
            table.end(done);
            assertEquals(0, table.taken());
        }
        former.close();
    }

    @Test
    void anotherConnectionBeginsWithNothing() throws Exception {
        try (IntentTable former = open(false)) {
            former.begin(10, MKDIR, 0, 1, 2, 3);
        }
        try (IntentTable table = open(false)) {
            assertEquals(IntentTable.NONE, table.join(10, MKDIR, IntentTable.NONE));
            assertEquals(0, table.taken());
        }
    }

    @Test
    void eachHasASlotOfItsOwn() throws Exception {
        try (IntentTable table = open(false)) {
            Set<Integer> slots = new HashSet<>();
            for (int i = 0; i < IntentTable.SLOTS; i++) {
                slots.add(table.begin(2 * i, MKDIR, 0, 0, 0, 0));
            }
            assertEquals(IntentTable.SLOTS, slots.size());
            assertEquals(IntentTable.NONE, table.begin(-2, MKDIR, 0, 0, 0, 0));
            table.end(7);
            assertEquals(7, table.begin(-2, MKDIR, 0, 0, 0, 0));
        }
    }

    @Test
    void whatNobodyComesForGivesWay() throws Exception {
        try (IntentTable former = open(false)) {
            for (int i = 0; i < IntentTable.SLOTS; i++) {
                former.begin(2 * i, MKDIR, 0, 0, 0, 0);
            }
        }
        try (IntentTable table = open(true)) {
            int slot = table.begin(5000, MKDIR, 0, 0, 0, 0);
            assertNotEquals(IntentTable.NONE, slot);
            assertEquals(slot, table.join(5000, MKDIR, IntentTable.NONE));
        }
    }

    @Test
    void aSlotIsFreeWhenTheLastOneLeaves() throws Exception {
        try (IntentTable table = open(false)) {
            int slot = table.begin(10, MKDIR, 0, 0, 0, 0);
            assertEquals(slot, table.join(10, MKDIR, IntentTable.NONE));
            assertTrue(table.isShared(slot));
            table.end(slot);
            assertFalse(table.isShared(slot));
            assertEquals(slot, table.join(10, MKDIR, IntentTable.NONE));
            table.end(slot);
            table.end(slot);
            assertEquals(IntentTable.NONE, table.join(10, MKDIR, IntentTable.NONE));
            assertEquals(0, table.taken());
        }
    }

    @Test
    void whatIsCutOffIsMissing() throws Exception {
        try (IntentTable former = open(false)) {
            for (int i = 0; i < IntentTable.SLOTS; i++) {
                former.done(former.begin(1000 + i, MKDIR, 0, i, i, i), i);
            }
        }
        byte[] whole = Files.readAllBytes(file());
        assertEquals(BYTES, whole.length);
        for (int length = 0; length < BYTES; length += 97) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (IntentTable table = open(true)) {
                int slots = length < Long.BYTES ? 0 : Math.max(0, length / IntentTable.SLOT - 1);
                for (int i = 0; i < slots; i++) {
                    assertEquals(i, table.result(table.join(1000 + i, MKDIR, IntentTable.NONE)));
                }
                int behind = slots + 1;
                if (behind < IntentTable.SLOTS) {
                    assertEquals(IntentTable.NONE, table.join(1000 + behind, MKDIR, IntentTable.NONE));
                }
            }
        }
    }

    @Test
    void garbageIsNoHindrance() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            byte[] garbage = new byte[BYTES];
            random.nextBytes(garbage);
            try (IntentTable former = open(false)) {
                former.begin(10, MKDIR, 0, 1, 2, 3);
            }
            byte[] header = Files.readAllBytes(file());
            System.arraycopy(header, 0, garbage, 0, round % 2 == 0 ? Long.BYTES : 0);
            Files.write(file(), garbage);
            try (IntentTable table = open(true)) {
                assertEquals(IntentTable.NONE, table.join(10, MKDIR, IntentTable.NONE));
                assertNotEquals(IntentTable.NONE, table.begin(12, MKDIR, 0, 0, 0, 0));
            }
        }
    }
}
