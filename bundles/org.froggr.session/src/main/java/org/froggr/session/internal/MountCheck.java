package org.froggr.session.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Compares what is recorded with what the kernel has: one reading of the mount table serves many
 * sessions.
 */
final class MountCheck {
    private final MountSpace space;
    private final Map<Integer, MountInfo.Entry> byId;
    private final Submounts submounts;

    MountCheck(MountSpace space) throws ErrnoException {
        List<MountInfo.Entry> table = MountInfo.parse(space.mountInfo());
        this.space = space;
        this.submounts = Submounts.in(table);
        this.byId = table.stream()
                .collect(Collectors.toMap(MountInfo.Entry::id, Function.identity(), (a, b) -> a));
    }

    /** The entries, those that are gone marked as such. */
    List<EntryRecord> check(List<EntryRecord> entries) {
        return entries.stream().map(e -> e.present() && !isSame(e) ? e.lost() : e).toList();
    }

    /** The entries, without what came along with them and is gone. */
    List<EntryRecord> withoutGoneSubmounts(List<EntryRecord> entries) {
        return entries.stream().map(submounts::withoutGone).toList();
    }

    /** The same, but for entries whose mounts nobody answers, which stay as they are. */
    List<EntryRecord> check(List<EntryRecord> entries, List<EntryRecord> unanswered) {
        return entries.stream()
                .map(e -> unanswered.contains(e) ? e : check(List.of(e)).get(0))
                .toList();
    }

    /** Whether all entries seem to be there: cheap, and deceived by an id that was given out again. */
    boolean seemsWhole(List<EntryRecord> entries) {
        return entries.stream().allMatch(e -> !e.present() || isAtTarget(e) && submounts.areWhole(e));
    }

    private boolean isAtTarget(EntryRecord entry) {
        MountInfo.Entry mount = byId.get((int) entry.mount());
        return mount != null && mount.mountPoint().equals(entry.target());
    }

    /** Whether the very mount of an entry is still there, wherever it was moved to. */
    private boolean isSame(EntryRecord entry) {
        if (byId.get((int) entry.mount()) == null) {
            return false;
        }
        long unique = uniqueId(entry);
        boolean known = unique != 0 && entry.uniqueMount() != 0;
        return known ? unique == entry.uniqueMount() : isAtTarget(entry);
    }

    /**
     * The unique id of the mount that has the number of an entry's, wherever it is; 0 if there is none, if
     * something covers it, or if the kernel does not know such ids.
     */
    long uniqueId(EntryRecord entry) {
        MountInfo.Entry mount = byId.get((int) entry.mount());
        return mount == null ? 0 : Placement.uniqueId(space, mount.mountPoint(), entry.mount());
    }

    /** Where the mount of an entry is now, if that is not its target. */
    Optional<BytePath> movedTo(EntryRecord entry) {
        return Optional.ofNullable(byId.get((int) entry.mount()))
                .map(MountInfo.Entry::mountPoint)
                .filter(point -> !point.equals(entry.target()));
    }
}
