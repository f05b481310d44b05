package org.froggr.backend.kernel.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;

/** The mount table of a namespace at one moment, as a tree. */
final class MountTable {
    private final Map<Long, MountInfo.Entry> mounts = new LinkedHashMap<>();
    private final Map<Long, List<MountInfo.Entry>> children = new HashMap<>();

    private MountTable(List<MountInfo.Entry> entries) {
        for (MountInfo.Entry entry : entries) {
            mounts.put((long) entry.id(), entry);
            children.computeIfAbsent((long) entry.parent(), id -> new ArrayList<>()).add(entry);
        }
    }

    static MountTable parse(byte[] mountInfo) {
        return new MountTable(MountInfo.parse(mountInfo));
    }

    /** The table of the namespace that the calling thread is in. */
    static MountTable ofThread() throws ErrnoException {
        return new MountTable(MountInfo.read(MountInfo.THREAD_SELF));
    }

    Optional<MountInfo.Entry> find(long id) {
        return Optional.ofNullable(mounts.get(id));
    }

    /** All that is mounted below a mount, at any depth; children before their parents. */
    List<MountInfo.Entry> below(long id) {
        List<MountInfo.Entry> found = new ArrayList<>(children.getOrDefault(id, List.of()));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(children.getOrDefault((long) found.get(i).id(), List.of()));
        }
        Collections.reverse(found);
        return found;
    }

    /** Whether something is mounted on a directory at or below this path. */
    boolean hasMountsBelow(BytePath directory) {
        return mounts.values().stream()
                .anyMatch(e -> e.mountPoint().startsWith(directory) && !e.mountPoint().equals(directory));
    }

    /**
     * Whether the tree of a mount below a bind also stands at the same place of the same file system
     * elsewhere, as it does in the bind's source. A mount that somebody made below the target has no such
     * twin, unless the target is itself the source of another bind.
     *
     * @param bind id of a mount
     * @param child what is mounted below it
     */
    boolean hasTwin(long bind, MountInfo.Entry child) {
        return twins(bind, child).findAny().isPresent();
    }

    /**
     * Whether a mount below a bind was propagated to it from a twin. What is propagated to a slave becomes
     * a slave of the original itself (Documentation/filesystems/sharedsubtree.rst), or has one master with
     * it if the original is in another namespace.
     */
    boolean wasPropagated(long bind, MountInfo.Entry child) {
        return child.master().isPresent()
                && twins(bind, child)
                        .anyMatch(e -> e.shared().equals(child.master())
                                || e.master().equals(child.master()) && haveOneMaster(parent(e), parent(child)));
    }

    private Optional<MountInfo.Entry> parent(MountInfo.Entry entry) {
        return find(entry.parent());
    }

    private static boolean haveOneMaster(Optional<MountInfo.Entry> one, Optional<MountInfo.Entry> other) {
        OptionalInt master = one.map(MountInfo.Entry::master).orElse(OptionalInt.empty());
        return master.isPresent() && other.filter(e -> e.master().equals(master)).isPresent();
    }

    private Stream<MountInfo.Entry> twins(long bind, MountInfo.Entry child) {
        Set<Long> own = copiesWithAllBelow(bind);
        Optional<Place> place = place(child);
        return mounts.values().stream()
                .filter(e -> !own.contains((long) e.id()))
                .filter(e -> e.device() == child.device() && e.root().equals(child.root()))
                .filter(e -> place.isPresent() && place(e).equals(place));
    }

    /** Propagation shows a bind again wherever its parent is shown; those are no sources. */
    private Set<Long> copiesWithAllBelow(long bind) {
        Set<Long> ids = new HashSet<>();
        MountInfo.Entry original = mounts.get(bind);
        for (MountInfo.Entry entry : mounts.values()) {
            if (entry.id() == bind || isCopy(original, entry)) {
                ids.add((long) entry.id());
                below(entry.id()).forEach(e -> ids.add((long) e.id()));
            }
        }
        return ids;
    }

    private boolean isCopy(MountInfo.Entry one, MountInfo.Entry other) {
        return arePeers(one, other) && place(one).equals(place(other));
    }

    private static boolean arePeers(MountInfo.Entry one, MountInfo.Entry other) {
        return one.shared().isPresent() && one.shared().equals(other.shared());
    }

    /** Whether a mount shares events with one that it was bound from: what is undone below it is undone there too. */
    boolean sharesWithSource(long bind) {
        MountInfo.Entry entry = mounts.get(bind);
        return mounts.values().stream().anyMatch(e -> arePeers(entry, e) && !place(entry).equals(place(e)));
    }

    /** Where in a file system a mount stands, by whichever mount of that file system. */
    private record Place(long device, BytePath path) {}

    private Optional<Place> place(MountInfo.Entry entry) {
        return parent(entry)
                .map(parent -> new Place(parent.device(), parent.root().resolve(relative(entry, parent))));
    }

    /** The mount point of one mount, seen from the root of another that it lies below. */
    static BytePath relative(MountInfo.Entry entry, MountInfo.Entry parent) {
        byte[] path = entry.mountPoint().bytes();
        int start = parent.mountPoint().withoutTrailingSlashes().length();
        while (start < path.length && path[start] == '/') {
            start++;
        }
        return BytePath.of(Arrays.copyOfRange(path, Math.min(start, path.length), path.length));
    }
}
