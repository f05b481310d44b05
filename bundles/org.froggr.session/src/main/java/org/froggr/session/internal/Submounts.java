package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.SubmountRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * What came along below an entry's mount. Recorded when the entry is mounted, since the source may have
 * lost it when the entry is unmounted, and forgotten when it is seen gone, since then ids and devices are
 * given out again.
 */
final class Submounts {
    private final Map<Long, List<MountInfo.Entry>> children = new HashMap<>();
    private final Map<Long, MountInfo.Entry> byId = new HashMap<>();

    private Submounts(List<MountInfo.Entry> table) {
        for (MountInfo.Entry mount : table) {
            byId.put((long) mount.id(), mount);
            children.computeIfAbsent((long) mount.parent(), id -> new ArrayList<>()).add(mount);
        }
    }

    static Submounts in(List<MountInfo.Entry> table) {
        return new Submounts(table);
    }

    /**
     * What lies below a mount that was just made.
     *
     * @return null if that cannot be found out
     */
    static List<SubmountRecord> cameAlong(MountSpace space, EntryRecord entry, long mountId) {
        if (!entry.recursive()) {
            return List.of();
        }
        try {
            return in(MountInfo.parse(space.mountInfo())).below(mountId);
        } catch (ErrnoException e) {
            return null;
        }
    }

    private List<SubmountRecord> below(long mountId) {
        MountInfo.Entry top = byId.get(mountId);
        if (top == null) {
            return null;
        }
        List<MountInfo.Entry> found = new ArrayList<>(children.getOrDefault(mountId, List.of()));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(children.getOrDefault((long) found.get(i).id(), List.of()));
        }
        return found.stream().map(child -> record(top, child)).toList();
    }

    private static SubmountRecord record(MountInfo.Entry top, MountInfo.Entry child) {
        return new SubmountRecord(child.id(), child.device(), child.root().toString(), path(top, child));
    }

    /** Relative to the upper mount's root. */
    private static String path(MountInfo.Entry top, MountInfo.Entry child) {
        byte[] path = child.mountPoint().bytes();
        int start = top.mountPoint().equals(BytePath.ROOT) ? 1 : top.mountPoint().length() + 1;
        return BytePath.of(Arrays.copyOfRange(path, Math.min(start, path.length), path.length)).toString();
    }

    /** Whether all that came along with an entry is still there. */
    boolean areWhole(EntryRecord entry) {
        return entry.along() == null
                || entry.along().isEmpty()
                || entry.along().equals(left(entry));
    }

    /** An entry without what came along with it and is gone. */
    EntryRecord withoutGone(EntryRecord entry) {
        return !entry.present() || areWhole(entry) ? entry : entry.with(left(entry));
    }

    private List<SubmountRecord> left(EntryRecord entry) {
        List<SubmountRecord> now = below(entry.mount());
        return now == null
                ? entry.along()
                : entry.along().stream().filter(s -> now.stream().anyMatch(n -> isSame(s, n))).toList();
    }

    /** As presenters know it again. */
    private static boolean isSame(SubmountRecord before, SubmountRecord now) {
        return before.device() == now.device()
                && before.rootText().equals(now.rootText())
                && (before.mountId() == now.mountId() || before.pathText().equals(now.pathText()));
    }
}
