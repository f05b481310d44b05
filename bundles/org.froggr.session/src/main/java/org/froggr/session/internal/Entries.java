package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.session.internal.store.EntryRecord;

/** Parts and changed copies of a session's list of entries. */
final class Entries {
    private Entries() {}

    /** The entries at a target, the visible one first; those of a union in the order in which it looks. */
    static List<EntryRecord> at(BytePath target, List<EntryRecord> entries) {
        List<EntryRecord> stack = new ArrayList<>();
        for (EntryRecord entry : entries) {
            if (entry.targetText().equals(target.toString())) {
                stack.add(entry.order() == BindOrder.AFTER ? sameUnion(entry, stack) : 0, entry);
            }
        }
        return stack;
    }

    /** How many at the top of the stack are in the union of an entry. */
    private static int sameUnion(EntryRecord entry, List<EntryRecord> stack) {
        int count = 0;
        while (entry.isServed() && count < stack.size() && stack.get(count).head() == entry.head()) {
            count++;
        }
        return count;
    }

    static List<EntryRecord> plus(List<EntryRecord> entries, EntryRecord entry) {
        List<EntryRecord> changed = new ArrayList<>(entries);
        changed.add(entry);
        return changed;
    }

    static List<EntryRecord> minus(List<EntryRecord> entries, EntryRecord entry) {
        return minus(entries, List.of(entry));
    }

    static List<EntryRecord> minus(List<EntryRecord> entries, Collection<EntryRecord> gone) {
        List<EntryRecord> changed = new ArrayList<>(entries);
        changed.removeAll(gone);
        return changed;
    }

    static List<EntryRecord> replace(
            List<EntryRecord> entries, Collection<EntryRecord> old, UnaryOperator<EntryRecord> change) {
        List<EntryRecord> copy = new ArrayList<>(entries);
        copy.replaceAll(e -> old.contains(e) ? change.apply(e) : e);
        return copy;
    }

    static List<EntryRecord> replace(List<EntryRecord> entries, EntryRecord old, EntryRecord changed) {
        List<EntryRecord> copy = new ArrayList<>(entries);
        copy.replaceAll(e -> e.equals(old) ? changed : e);
        return copy;
    }
}
