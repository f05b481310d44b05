package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.List;

/** What few nodes have: open files, more than one name, or none. Guarded by the {@link NodeTable}. */
final class NodeExtras {
    /** One of several names. */
    record Place(LocalDirectory parent, byte[] name) {}

    /** The open files, linked by {@link LocalFile#next}. */
    private LocalFile first;

    private int writers;
    private final List<Place> others = new ArrayList<>(1);
    private FileLocks locks;

    /** With O_PATH, of what has no name any more and is not opened by us; or of the root. */
    private Descriptor held;

    boolean isEmpty() {
        return first == null && held == null && others.isEmpty();
    }

    /** Further names, none of which is the node's own. */
    List<Place> others() {
        return others;
    }

    void add(LocalFile file) {
        file.next = first;
        if (first != null) {
            first.previous = file;
        }
        first = file;
        writers += file.isWritable() ? 1 : 0;
    }

    void remove(LocalFile file) {
        if (file.previous == null) {
            first = file.next;
        } else {
            file.previous.next = file.next;
        }
        if (file.next != null) {
            file.next.previous = file.previous;
        }
        writers -= file.isWritable() ? 1 : 0;
    }

    boolean hasOpenFiles() {
        return first != null;
    }

    boolean hasWriters() {
        return writers > 0;
    }

    void hold(Descriptor descriptor) {
        held = descriptor;
    }

    Descriptor held() {
        return held;
    }

    /** A descriptor that means the file, with one more user; null if there is none. */
    Descriptor pin() {
        for (LocalFile file = first; file != null; file = file.next) {
            if (file.ownDescriptor().pin()) {
                return file.ownDescriptor();
            }
        }
        return held != null && held.pin() ? held : null;
    }

    /** The locks of those who use the file, made when they are first asked for. */
    FileLocks locks() {
        if (locks == null) {
            locks = new FileLocks();
        }
        return locks;
    }

    /** The locks if there ever were some, else null; they are the caller's now. */
    FileLocks takeLocks() {
        FileLocks taken = locks;
        locks = null;
        return taken;
    }
}
