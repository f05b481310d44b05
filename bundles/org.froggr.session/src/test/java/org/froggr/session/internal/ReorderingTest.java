package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.session.internal.store.EntryRecord;
import org.junit.jupiter.api.Test;

/** Union 1 lies on /t, with members by their sources 1, 2, 3; 0 is the target's own directory. */
final class ReorderingTest {
    private static EntryRecord entry(int member, BindOrder order, int head, String target) {
        return new EntryRecord(
                EntryKind.BIND, "/" + member, target, order, false, false, List.of(), "file", "served", "", 0, 7, 7, head,
                member, List.of(), EntryRecord.Stage.PRESENT, false, Instant.EPOCH);
    }

    private static EntryRecord entry(int member, BindOrder order) {
        return entry(member, order, 1, "/t");
    }

    private static List<EntryRecord> aligned(List<EntryRecord> entries, long... order) {
        return Reordering.aligned(entries, 1, Arrays.stream(order).boxed().toList());
    }

    /** Carries the entries out as binds, on a union that begins with the target's own directory. */
    private static List<Long> replayed(List<EntryRecord> entries) {
        List<Long> order = new ArrayList<>(List.of(0L));
        for (EntryRecord entry : entries) {
            if (entry.order() == BindOrder.REPLACE) {
                order.clear();
            }
            order.add(entry.order() == BindOrder.AFTER ? order.size() : 0, (long) entry.member());
        }
        return order;
    }

    private static void leadsTo(List<EntryRecord> entries, long... order) {
        List<EntryRecord> aligned = aligned(entries, order);
        assertEquals(Arrays.stream(order).boxed().toList(), replayed(aligned));
        assertSame(aligned, aligned(aligned, order), "aligned once is aligned");
        List<Long> stack = Entries.at(BytePath.of("/t"), aligned).stream().map(e -> (long) e.member()).toList();
        assertEquals(Arrays.stream(order).filter(m -> m != 0).boxed().toList(), stack);
    }

    @Test
    void replayedTheEntriesLeadToTheOrder() {
        List<EntryRecord> entries =
                List.of(entry(1, BindOrder.BEFORE), entry(2, BindOrder.BEFORE), entry(3, BindOrder.AFTER));
        long[][] orders = {{2, 1, 0, 3}, {1, 2, 0, 3}, {0, 1, 2, 3}, {3, 2, 1, 0}, {3, 0, 2, 1}, {2, 0, 1, 3}};
        for (long[] order : orders) {
            leadsTo(entries, order);
        }
    }

    @Test
    void whatIsInPlaceOfTheTargetIsWhatOthersAreBoundTo() {
        List<EntryRecord> entries =
                List.of(entry(1, BindOrder.REPLACE), entry(2, BindOrder.BEFORE), entry(3, BindOrder.AFTER));
        long[][] orders = {{2, 1, 3}, {1, 2, 3}, {3, 2, 1}, {3, 1, 2}};
        for (long[] order : orders) {
            leadsTo(entries, order);
        }
    }

    @Test
    void othersKeepTheirPlaces() {
        EntryRecord other = entry(1, BindOrder.AFTER, 2, "/u");
        List<EntryRecord> entries = List.of(entry(1, BindOrder.BEFORE), other, entry(2, BindOrder.BEFORE));
        List<EntryRecord> aligned = aligned(entries, 1, 2, 0);
        assertEquals(List.of("/2", "/1", "/1"), aligned.stream().map(EntryRecord::source).toList());
        assertSame(other, aligned.get(1));
    }
}
