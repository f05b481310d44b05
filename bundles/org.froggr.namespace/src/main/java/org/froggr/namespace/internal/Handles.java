package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.spi.tree.FileName;

/** What is open in a member: a list that is linked through its elements. */
final class Handles {
    /** So many are looked through rather than a file looked up. */
    private static final int FEW = 32;

    private Handle first;
    private volatile int size;

    synchronized void add(Handle handle) {
        handle.after = first;
        if (first != null) {
            first.before = handle;
        }
        first = handle;
        size++;
    }

    /** Takes one out that is in. */
    synchronized void remove(Handle handle) {
        if (handle.before == null) {
            first = handle.after;
        } else {
            handle.before.after = handle.after;
        }
        if (handle.after != null) {
            handle.after.before = handle.before;
        }
        handle.before = handle.after = null;
        size--;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Those of one moment. */
    synchronized List<Handle> all() {
        List<Handle> all = new ArrayList<>(size);
        for (Handle handle = first; handle != null; handle = handle.after) {
            all.add(handle);
        }
        return all;
    }

    /** Whether it is known that no file is open that is known by that name. */
    boolean hasNone(DirectoryNode directory, FileName name) {
        if (size > FEW) {
            return false;
        }
        synchronized (this) {
            for (Handle handle = first; handle != null; handle = handle.after) {
                if (handle.isKnownAs(directory, name)) {
                    return false;
                }
            }
            return true;
        }
    }
}
