package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.froggr.session.internal.store.EntryRecord;

/** Changed copies of a session's list of entries. */
final class Entries {
    private Entries() {}

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
