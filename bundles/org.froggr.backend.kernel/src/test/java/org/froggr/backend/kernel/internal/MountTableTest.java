package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.linux.MountInfo;
import org.junit.jupiter.api.Test;

/**
 * Judgements about a table that was drawn for it.
 *
 * <pre>
 * /                 1, file system 8:1
 * ├─ /src/usb       2, 8:2
 * │  └─ deep        3, 8:3
 * └─ /t             10, bind of /src
 *    ├─ usb         11, of 2
 *    │  └─ deep     12, of 3
 *    └─ own         13, 8:9, by a person
 * </pre>
 */
class MountTableTest {
    private static final String LINES =
            """
            1 0 8:1 / / rw shared:1 - ext4 disk rw
            2 1 8:2 / /src/usb rw shared:2 - vfat usb rw
            3 2 8:3 / /src/usb/deep rw - tmpfs deep rw
            10 1 8:1 /src /t rw shared:10 master:1 - ext4 disk rw
            11 10 8:2 / /t/usb rw shared:11 master:2 - vfat usb rw
            12 11 8:3 / /t/usb/deep rw - tmpfs deep rw
            13 10 8:9 / /t/own rw - tmpfs own rw
            """;

    private final MountTable table = MountTable.parse(ByteText.encode(LINES));

    private boolean hasTwin(long id) {
        return table.hasTwin(10, table.find(id).orElseThrow());
    }

    private boolean wasPropagated(long id) {
        return table.wasPropagated(10, table.find(id).orElseThrow());
    }

    @Test
    void childrenComeBeforeTheirParents() {
        List<Integer> below = table.below(10).stream().map(MountInfo.Entry::id).toList();
        assertEquals(List.of(12, 13, 11), below);
        assertTrue(below.indexOf(12) < below.indexOf(11));
    }

    @Test
    void whatTheSourceHasAtTheSamePlaceIsATwin() {
        assertTrue(hasTwin(11));
        assertTrue(hasTwin(12));
    }

    @Test
    void whatTheSourceDoesNotHaveHasNone() {
        assertFalse(hasTwin(13));
    }

    @Test
    void theSameTreeAtAnotherPlaceIsNone() {
        MountTable moved = MountTable.parse(ByteText.encode(LINES.replace("/t/usb ", "/t/bus ")));
        assertFalse(moved.hasTwin(10, moved.find(11).orElseThrow()));
    }

    @Test
    void aSlaveOfItsTwinWasPropagatedFromIt() {
        assertTrue(wasPropagated(11));
    }

    @Test
    void aTwinThatSharesNothingDidNotPropagate() {
        assertFalse(wasPropagated(12));
        assertFalse(wasPropagated(13));
    }

    @Test
    void whatTheSourceHasWasNotPropagatedFromTheBind() {
        assertFalse(table.wasPropagated(1, table.find(2).orElseThrow()));
    }

    @Test
    void slavesOfOneMasterOutsideWerePropagatedFromThere() {
        String slaves =
                """
                1 0 8:1 / / rw master:1 - ext4 disk rw
                2 1 8:2 / /src/usb rw master:2 - vfat usb rw
                10 1 8:1 /src /t rw master:1 - ext4 disk rw
                11 10 8:2 / /t/usb rw master:2 - vfat usb rw
                """;
        MountTable inner = MountTable.parse(ByteText.encode(slaves));
        assertTrue(inner.wasPropagated(10, inner.find(11).orElseThrow()));
    }

    @Test
    void aSlaveDoesNotShareWithItsSource() {
        assertFalse(table.sharesWithSource(10));
    }

    @Test
    void aPeerOfItsSourceDoes() {
        MountTable peers = MountTable.parse(ByteText.encode(LINES.replace("shared:10 master:1", "shared:1")));
        assertTrue(peers.sharesWithSource(10));
    }

    @Test
    void mountsBelowADirectoryAreFoundByComponents() {
        assertTrue(table.hasMountsBelow(BytePath.of("/src")));
        assertFalse(table.hasMountsBelow(BytePath.of("/src/usb/deep")));
        assertFalse(table.hasMountsBelow(BytePath.of("/sr")));
    }
}
