package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.process.OwnSpace;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.SubmountRecord;
import org.froggr.spi.presentation.MountSpace;
import org.junit.jupiter.api.Test;

/**
 * Submounts in a table that was drawn for it.
 *
 * <pre>
 * /                 1, file system 8:1
 * └─ /t             10, bind of /src
 *    └─ usb         12, 8:2
 *       └─ deep     11, 8:3 (made before the mount that it was moved to)
 * </pre>
 */
class SubmountsTest {
    private static final String TABLE =
            """
            1 0 8:1 / / rw - ext4 disk rw
            10 1 8:1 /src /t rw - ext4 disk rw
            11 12 8:3 /d /t/usb/deep rw - tmpfs deep rw
            12 10 8:2 / /t/usb rw - vfat usb rw
            """;
    private static final SubmountRecord USB = new SubmountRecord(12, 8L << 32 | 2, "/", "usb");
    private static final SubmountRecord DEEP = new SubmountRecord(11, 8L << 32 | 3, "/d", "usb/deep");

    private static EntryRecord entry(boolean recursive) {
        return new EntryRecord(
                EntryKind.BIND, "/src", "/t", BindOrder.REPLACE, recursive, false, List.of(), "file", "kernel", "", 0, 0, 0, 0, 0,
                null, EntryRecord.Stage.INTENDED, false, Instant.EPOCH);
    }

    private static EntryRecord mounted() {
        return entry(true).mounted(10, 0, List.of(USB, DEEP));
    }

    private static Submounts in(String table) {
        return Submounts.in(MountInfo.parse(ByteText.encode(table)));
    }

    private static MountSpace space(String table) {
        return new Drawn(table);
    }

    @Test
    void allThatLiesBelowARecursiveBindCameAlong() {
        assertEquals(List.of(USB, DEEP), Submounts.cameAlong(space(TABLE), entry(true), 10));
    }

    @Test
    void nothingCameAlongWithAPlainBind() {
        assertEquals(List.of(), Submounts.cameAlong(space(TABLE), entry(false), 10));
    }

    @Test
    void ofAMountThatIsNotThereNothingIsKnown() {
        assertNull(Submounts.cameAlong(space(TABLE), entry(true), 99));
    }

    @Test
    void whatIsStillThereIsKept() {
        assertTrue(in(TABLE).areWhole(mounted()));
        assertEquals(mounted(), in(TABLE).withoutGone(mounted()));
    }

    @Test
    void whatIsGoneIsForgotten() {
        Submounts left = in(TABLE.replaceAll("11 12 .*\n", ""));
        assertFalse(left.areWhole(mounted()));
        assertEquals(List.of(USB), left.withoutGone(mounted()).along());
    }

    @Test
    void anotherTreeWithTheSameIdIsNotTheSame() {
        assertEquals(List.of(USB), in(TABLE.replace("8:3", "8:4")).withoutGone(mounted()).along());
        assertEquals(List.of(USB), in(TABLE.replace(" /d ", " /e ")).withoutGone(mounted()).along());
    }

    @Test
    void onePutBackInItsPlaceIs() {
        assertTrue(in(TABLE.replace("11 12", "15 12")).areWhole(mounted()));
        assertTrue(in(TABLE.replace("/t/usb/deep", "/t/usb/renamed")).areWhole(mounted()));
    }

    @Test
    void ofAnEntryThatIsNotMountedOrNotKnownNothingIsForgotten() {
        EntryRecord unknown = entry(true).mounted(10, 0, null);
        assertEquals(unknown, in("1 0 8:1 / / rw - ext4 disk rw\n").withoutGone(unknown));
        assertEquals(mounted().lost(), in(TABLE).withoutGone(mounted().lost()));
    }

    /** A namespace of which only the table is there. */
    private record Drawn(String table, MountSpace real) implements MountSpace {
        Drawn(String table) {
            this(table, new OwnSpace());
        }

        @Override
        public byte[] mountInfo() {
            return ByteText.encode(table);
        }

        @Override
        public Access access() {
            return real.access();
        }

        @Override
        public <T> T call(Action<T> action) throws ErrnoException {
            return real.call(action);
        }

        @Override
        public void run(List<BytePath> command) throws ErrnoException, InterruptedException {
            real.run(command);
        }

        @Override
        public int open(BytePath path) throws ErrnoException {
            return real.open(path);
        }
    }
}
