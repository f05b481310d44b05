package org.froggr.session.internal.process;

import java.util.HashSet;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Processes;

/**
 * Some mounts, and their copies in other mount namespaces, as far as those were met: the same directory
 * of the same device at the same place. The ids of all namespaces are of one series. Used by one thread.
 */
final class MountCopies {
    private final Set<Long> ids;
    private final Set<Place> places = new HashSet<>();
    private final Set<Long> namespaces = new HashSet<>();

    MountCopies(Set<Long> ids) {
        this.ids = new HashSet<>(ids);
        meetOwn();
    }

    /** First, so that a mount of the platform's namespace is known before its copies are met. */
    private void meetOwn() {
        try {
            meet(ProcessHandle.current().pid());
        } catch (ErrnoException e) {
            // Only names of mapped files are lost by that.
            namespaces.clear();
        }
    }

    private record Place(long device, BytePath root, BytePath mountPoint) {
        static Place of(MountInfo.Entry entry) {
            return new Place(entry.device(), entry.root(), entry.mountPoint());
        }
    }

    /** Looks for the mounts and their copies in the namespace of a process, unless that was done before. */
    void meet(long pid) throws ErrnoException {
        if (!namespaces.add(Processes.mountNamespace(pid))) {
            return;
        }
        for (MountInfo.Entry entry : MountInfo.read(BytePath.of("/proc/" + pid + "/mountinfo"))) {
            if (ids.contains((long) entry.id())) {
                places.add(Place.of(entry));
            } else if (places.contains(Place.of(entry))) {
                ids.add((long) entry.id());
            }
        }
    }

    boolean contains(long mountId) {
        return ids.contains(mountId);
    }

    /** Whether a file of this device and name is on one of them, as far as names can tell. */
    boolean mayContain(long device, BytePath path) {
        return places.stream().anyMatch(p -> p.device() == device && path.startsWith(p.mountPoint()));
    }
}
